package dev.alicorn.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alicorn.bench.measure.ChildProcess;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What sentence-transformers does on the same device, where the machine's `python3` has it.
///
/// @param captionsPerSecond in bf16, at its best of three batch sizes
/// @param matmulFlops what a large product of fp16 matrices reaches in PyTorch, floating-point
///   operations a second
record SentenceTransformers(OptionalDouble captionsPerSecond, OptionalDouble matmulFlops) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SCRIPT = Path.of("bench", "gpu", "sentence_transformers_rate.py");

  /// Nothing is known.
  static final SentenceTransformers ABSENT =
      new SentenceTransformers(OptionalDouble.empty(), OptionalDouble.empty());

  /// Measures it.
  ///
  /// @throws IOException with what Python says where it, or a package of it, is missing
  static SentenceTransformers measure(
      GpuModel model, EncoderFolder folder, List<String> captions, Path scratch)
      throws IOException, InterruptedException {
    Path file = scratch.resolve("captions.json");
    JSON.writeValue(file.toFile(), captions);
    ChildProcess ended =
        ChildProcess.run(
            Map.of(),
            List.of(
                "python3",
                "-B",
                SCRIPT.toString(),
                file.toString(),
                folder.path().resolve("tokenizer.json").toString(),
                Integer.toString(model.hidden()),
                Integer.toString(model.layers()),
                Integer.toString(model.inner()),
                Integer.toString(folder.settings().tokensMax())));
    String last = ended.output().lines().reduce("", (_, line) -> line);
    if (ended.exitCode() != 0) {
      throw new IOException(last);
    }
    JsonNode figures = JSON.readTree(last);
    return new SentenceTransformers(
        OptionalDouble.of(figures.path("captions_per_s").asDouble()),
        figures.has("matmul_tflops")
            ? OptionalDouble.of(figures.path("matmul_tflops").asDouble() * 1e12)
            : OptionalDouble.empty());
  }
}
