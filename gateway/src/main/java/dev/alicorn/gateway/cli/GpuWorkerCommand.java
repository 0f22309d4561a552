package dev.alicorn.gateway.cli;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.EncoderConfig;
import dev.alicorn.gateway.wiring.Encoders;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.gpuworker.cluster.WorkerNode;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.gpuworker.process.StdinWatch;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `alicorn gpu-worker`: encodes for an engine, until one of them ends.
@Command(
    name = "gpu-worker",
    description = "Encodes captions for an engine, with an encoder of this machine's alicorn.conf.")
final class GpuWorkerCommand implements Callable<Integer> {
  private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");

  @Parameters(
      paramLabel = "ENCODER",
      description = "The encoder, by its name in alicorn.conf, here as in the engine's.")
  private String encoder = "";

  @Option(
      names = "--join",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where the engine says that encoder workers join it.")
  private String engine = "";

  @Option(
      names = "--supervised",
      hidden = true,
      description = "Ends with standard input; of a worker that the engine starts.")
  private boolean supervised;

  @Mixin private DeploymentOptions options = new DeploymentOptions();

  @Override
  public Integer call() throws Exception {
    if (supervised) {
      StdinWatch.start();
    }
    Deployment deployment = options.deployment();
    EncoderConfig.Local config = config(deployment);
    requireReachable(deployment);
    TextEncoder loaded = load(config);
    AtomicBoolean interrupted = new AtomicBoolean();
    try (WorkerNode node =
            WorkerNode.join(
                new WorkerNode.Settings(
                    encoder,
                    engine,
                    deployment.cluster(),
                    supervised ? 0 : deployment.cluster().port(),
                    supervised),
                loaded,
                Encoders.worker(config));
        OnInterrupt _ =
            OnInterrupt.doing(() -> {
              interrupted.set(true);
              node.leave();
            })) {
      if (supervised) {
        System.out.println(node.announcement());
      }
      String why = node.awaitEnd();
      if (!interrupted.get()) {
        throw new CommandFailure(ExitCode.UNAVAILABLE, why);
      }
    }
    return ExitCode.DONE.code();
  }

  private TextEncoder load(EncoderConfig.Local config) throws Exception {
    ModelStore models = new ModelStore(options.modelsFolder());
    if (supervised) {
      // The engine has fetched it, and has shown that.
      return Encoders.load(config, models, Progress.NONE);
    }
    try (Downloads downloads = new Downloads()) {
      return Encoders.load(config, models, downloads);
    }
  }

  private EncoderConfig.Local config(Deployment deployment) throws ConfigException {
    return switch (deployment.encoder("gpu-worker", encoder)) {
      case EncoderConfig.Local local -> local;
      case EncoderConfig.Remote _ ->
          throw new ConfigException(
              "encoders." + encoder + ".kind",
              "it is remote here, too; write the kind that runs on this machine");
    };
  }

  private void requireReachable(Deployment deployment) throws ConfigException {
    Matcher address = ADDRESS.matcher(engine);
    if (!address.matches()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "--join: HOST:PORT, as the engine says it, not " + engine);
    }
    if (!deployment.cluster().isReachedFrom(address.group(1))) {
      throw new ConfigException(
          "cluster.host",
          "%s cannot be reached from %s; name this machine's own address, and give cluster.tls"
              .formatted(deployment.cluster().host(), address.group(1)));
    }
  }
}
