package dev.alicorn.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The Python scripts of a folder of `bench`, in a virtual environment of their own that is made
/// with pip on first use and whenever their requirements have changed.
public record PythonEnvironment(Path scripts, Path home) {
  private static final JsonMapper JSON = new JsonMapper();

  /// The environment of a folder, made where it is not there yet.
  ///
  /// @param folder within `bench`, with a `requirements.txt`
  public static PythonEnvironment of(String folder) throws IOException, InterruptedException {
    PythonEnvironment environment =
        new PythonEnvironment(
            Path.of("bench", folder).toAbsolutePath(),
            Path.of(".alicorn", folder).toAbsolutePath());
    environment.install();
    return environment;
  }

  /// Runs a script once and reads its last line, which is JSON.
  ///
  /// @param folder that it runs in
  /// @param variables of the script alone
  public JsonNode run(
      Path folder, Map<String, String> variables, String script, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(python(), "-B", scripts.resolve(script + ".py").toString()));
    command.addAll(arguments);
    ChildProcess ended = ChildProcess.run(folder, variables, command).orThrow();
    return JSON.readTree(ended.output().lines().toList().getLast());
  }

  private void install() throws IOException, InterruptedException {
    Path requirements = scripts.resolve("requirements.txt");
    Path installed = home.resolve("requirements.txt");
    if (Files.exists(installed) && Files.mismatch(installed, requirements) < 0) {
      return;
    }
    Files.createDirectories(home);
    System.err.println("bench: installing " + requirements + ", which may take minutes");
    command("python3", "-m", "venv", "--clear", "venv");
    command(python(), "-m", "pip", "install", "-q", "-r", requirements.toString());
    Files.copy(requirements, installed, StandardCopyOption.REPLACE_EXISTING);
  }

  private String python() {
    return home.resolve("venv/bin/python").toString();
  }

  private void command(String... words) throws IOException, InterruptedException {
    ChildProcess.run(home, Map.of(), List.of(words)).orThrow();
  }
}
