package dev.alicorn.bench.load;

import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The scripted endpoint, instant, as a process of its own.
record EndpointProcess(Process process, URI url) implements AutoCloseable {

  static EndpointProcess start() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(".mvn", "runtime.jvmargs"),
            "-cp",
            System.getProperty("java.class.path"),
            ScriptedEndpoint.class.getName(),
            "--instant");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String url = lines.readLine();
    if (url == null) {
      process.destroy();
      throw new IOException("the scripted endpoint did not start");
    }
    return new EndpointProcess(process, URI.create(url));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
