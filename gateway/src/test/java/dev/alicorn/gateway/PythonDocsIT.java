package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/python.md` shows runs as it stands there.
///
/// `gateway/python/run` installs what it needs and runs this.
@Tag("python")
class PythonDocsIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern SNIPPET = Pattern.compile("(?s)```python\n(.*?)```");

  @TempDir private Path folder = Path.of("");

  @Test
  void theSnippetsAreOneProgram() throws Exception {
    String program =
        SNIPPET
            .matcher(Files.readString(ROOT.resolve("docs/python.md")))
            .results()
            .map((MatchResult snippet) -> snippet.group(1))
            .collect(Collectors.joining("\n"));
    assertThat(program).contains("load_dataset");
    Files.writeString(folder.resolve("program.py"), program);
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().start();
        DaemonProcess daemon = serve(endpoint)) {
      Path output = folder.resolve("program.txt");
      ProcessBuilder python =
          new ProcessBuilder(ROOT.resolve(".alicorn/python/bin/python").toString(), "program.py")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      python.environment().put("ALICORN_SERVER", daemon.url().toString());
      python.environment().put("HF_HOME", folder.resolve("hub").toString());
      python.environment().put("HF_HUB_OFFLINE", "1");
      int exitCode = python.start().waitFor();
      System.out.println(Files.readString(output));
      assertThat(exitCode).as(Files.readString(output)).isZero();
    }
  }

  private DaemonProcess serve(ScriptedEndpoint endpoint) throws Exception {
    Files.writeString(
        folder.resolve("alicorn.conf"),
        """
        endpoints { big { kind = openai, url = "%s", model = scripted } }
        journal { reserve = 64MiB }
        gateway { port = 0 }
        """
            .formatted(endpoint.url()));
    return DaemonProcess.start(folder, HttpClient.newHttpClient());
  }
}
