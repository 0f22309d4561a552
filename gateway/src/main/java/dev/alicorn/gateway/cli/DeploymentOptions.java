package dev.alicorn.gateway.cli;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.DeploymentFile;
import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.gpuworker.model.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say where the deployment, the jobs and the models are.
final class DeploymentOptions {
  private static final Path CONFIG_DEFAULT = Path.of("alicorn.conf");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The deployment; alicorn.conf in the current folder if there is one.")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "alicorn-data",
      description = "Jobs and their journals (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("alicorn-data");

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Models, shared by all data folders (default: the user's cache folder).")
  private @Nullable Path models;

  Deployment deployment() throws ConfigException {
    if (config != null) {
      return DeploymentFile.load(config);
    }
    return Files.exists(CONFIG_DEFAULT)
        ? DeploymentFile.load(CONFIG_DEFAULT)
        : DeploymentFile.defaults();
  }

  JobFolders jobs() {
    return new JobFolders(data.toAbsolutePath().normalize());
  }

  Path modelsFolder() {
    return models == null ? ModelStore.defaultFolder(System.getenv()) : models;
  }
}
