package dev.alicorn.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alicorn.bench.measure.ChildProcess;
import dev.alicorn.bench.measure.Scratch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/// The Python peers of `bench/peers`, in a virtual environment of their own that is made with pip
/// on first use and whenever their requirements have changed.
final class PythonPeers {
  private static final Path SCRIPTS = Path.of("bench", "peers").toAbsolutePath();
  private static final Path REQUIREMENTS = SCRIPTS.resolve("requirements.txt");
  private static final Path HOME = Path.of(".alicorn", "peers").toAbsolutePath();
  private static final Path INSTALLED = HOME.resolve("requirements.txt");
  private static final String PYTHON = HOME.resolve("venv/bin/python").toString();
  private static final JsonMapper JSON = new JsonMapper();

  private PythonPeers() {}

  static void install() throws IOException, InterruptedException {
    if (Files.exists(INSTALLED) && Files.mismatch(INSTALLED, REQUIREMENTS) < 0) {
      return;
    }
    Files.createDirectories(HOME);
    System.err.println("peers: installing " + REQUIREMENTS + ", which takes minutes");
    run(HOME, Map.of(), "python3", "-m", "venv", "--clear", "venv");
    run(HOME, Map.of(), PYTHON, "-m", "pip", "install", "-q", "-r", REQUIREMENTS.toString());
    Files.copy(REQUIREMENTS, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Runs a script once, in a folder of its own.
  ///
  /// @param environment of the script alone
  /// @param prompts the file of prompts
  static Samples.Sample run(
      String script,
      Map<String, String> environment,
      URI url,
      Path prompts,
      int calls,
      int inFlight)
      throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create(script)) {
      ChildProcess ended =
          run(
              scratch.folder(),
              environment,
              PYTHON,
              "-B",
              SCRIPTS.resolve(script + ".py").toString(),
              url.toString(),
              prompts.toString(),
              Integer.toString(calls),
              Integer.toString(inFlight));
      JsonNode figures = JSON.readTree(ended.output().lines().toList().getLast());
      return new Samples.Sample(
          figures.path("calls_per_s").doubleValue(), figures.path("cpu_us_per_call").doubleValue());
    }
  }

  private static ChildProcess run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    return ChildProcess.run(folder, environment, List.of(command)).orThrow();
  }
}
