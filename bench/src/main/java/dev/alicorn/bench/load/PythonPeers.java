package dev.alicorn.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.bench.measure.PythonEnvironment;
import dev.alicorn.bench.measure.Scratch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The Python peers of `bench/peers`.
record PythonPeers(PythonEnvironment python) {

  static PythonPeers install() throws IOException, InterruptedException {
    return new PythonPeers(PythonEnvironment.of("peers"));
  }

  /// Runs a script once, in a folder of its own.
  ///
  /// @param environment of the script alone
  /// @param prompts the file of prompts
  Samples.Sample run(
      String script,
      Map<String, String> environment,
      URI url,
      Path prompts,
      int calls,
      int inFlight)
      throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create(script)) {
      JsonNode figures =
          python.run(
              scratch.folder(),
              environment,
              script,
              List.of(
                  url.toString(),
                  prompts.toString(),
                  Integer.toString(calls),
                  Integer.toString(inFlight)));
      return new Samples.Sample(
          figures.path("calls_per_s").doubleValue(), figures.path("cpu_us_per_call").doubleValue());
    }
  }
}
