package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.JavaCommand;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The scripted endpoint as a process of its own.
public record EndpointProcess(Process process, URI url) implements AutoCloseable {

  /// One that answers at once.
  public static EndpointProcess start() throws IOException {
    return start(List.of("--instant"));
  }

  /// One that answers by a script.
  ///
  /// @param script as {@link ScriptedEndpoint#main} takes it
  public static EndpointProcess start(List<String> script) throws IOException {
    List<String> command = JavaCommand.of(List.of(), ScriptedEndpoint.class.getName(), script);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
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
