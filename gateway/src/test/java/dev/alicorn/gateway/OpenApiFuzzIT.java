package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.ContentHash;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon does what its OpenAPI description says, and nothing else: schemathesis sends what the
/// description allows and what it does not, and holds every answer against it.
///
/// `gateway/python/run` installs schemathesis and runs this.
@Tag("python")
class OpenApiFuzzIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String TOKEN = "fuzz-me";

  @TempDir private Path folder = Path.of("");

  @Test
  void everyAnswerIsDescribed() throws Exception {
    Files.writeString(folder.resolve("tokens"), "fuzz admin " + ContentHash.of(TOKEN) + "\n");
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        DaemonProcess daemon =
            DaemonProcess.serve(
                folder, 20, endpoint, "tokens_file = tokens", HttpClient.newHttpClient())) {
      String authorization = "Bearer " + TOKEN;
      String job = daemon.submit(DaemonProcess.JOB, "Authorization", authorization);
      daemon.await(job, "completed", "Authorization", authorization);

      fuzz(daemon, authorization, "");
      String id = job.substring(job.lastIndexOf('/') + 1);
      fuzz(
          daemon,
          authorization,
          """
          [parameters]
          "path.id" = "%s"
          "path.name" = "%s"
          "path.file" = "trainer/pretrain.json"
          """
              .formatted(id, id));
    }
  }

  /// @param parameters values that are sent where the description leaves them open
  private void fuzz(DaemonProcess daemon, String authorization, String parameters)
      throws Exception {
    Path config = folder.resolve("schemathesis.toml");
    Files.writeString(
        config, parameters + Files.readString(ROOT.resolve("gateway/python/schemathesis.toml")));
    Path output = folder.resolve("schemathesis.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    ROOT.resolve(".alicorn/python/bin/st").toString(),
                    "--config-file",
                    config.toString(),
                    "run",
                    daemon.url() + "/openapi.json",
                    "--checks",
                    "all",
                    "--request-timeout",
                    "60",
                    "--max-examples",
                    "25",
                    "--header",
                    "Authorization: " + authorization))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SCHEMATHESIS_HOOKS", ROOT + "/gateway/python/hooks.py");
    int exitCode = builder.start().waitFor();
    System.out.println(Files.readString(output));
    assertThat(exitCode).as(Files.readString(output)).isZero();
  }
}
