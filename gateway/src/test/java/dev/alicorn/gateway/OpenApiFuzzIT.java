package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.ContentHash;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon does what its OpenAPI description says, and nothing else: schemathesis sends what the
/// description allows and what it does not, and holds every answer against it.
///
/// `gateway/python/run` installs schemathesis and runs this.
@Tag("fuzz")
class OpenApiFuzzIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String TOKEN = "fuzz-me";

  @TempDir private Path folder = Path.of("");

  @Test
  void everyAnswerIsDescribed() throws Exception {
    Files.writeString(folder.resolve("tokens"), "fuzz admin " + ContentHash.of(TOKEN) + "\n");
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        DaemonProcess daemon = serve(endpoint)) {
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

  /// A daemon whose default endpoint is scripted as well: the language model of its own would use
  /// all cores for the many jobs that begin.
  private DaemonProcess serve(ScriptedEndpoint endpoint) throws Exception {
    new CaptionJob(folder, 20).write(endpoint, "max_in_flight = 4");
    Files.writeString(
        folder.resolve("alicorn.conf"),
        """
        endpoints { local { kind = openai, url = "%s", model = scripted } }
        gateway { port = 0, seed_roots = ["."], tokens_file = tokens }
        """
            .formatted(endpoint.url()),
        StandardOpenOption.APPEND);
    return DaemonProcess.start(folder, HttpClient.newHttpClient());
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
                    "--phases",
                    // Where names are given, what is made is not looked for under its own.
                    parameters.isEmpty() ? "coverage,fuzzing,stateful" : "coverage,fuzzing",
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
