package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.process.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The building of a plan in a child process, on the same Java and class path: what TensorRT's
/// builder takes is given back when the child ends, and a crash of it is a sentence here.
final class PlanProcess {
  /// Before a line that says why there is no plan.
  static final String COMPLAINT = "complaint: ";

  /// Before a line that says how far it is.
  static final String PROGRESS = "progress: ";

  private static final Logger LOG = LoggerFactory.getLogger(PlanProcess.class);
  private static final long HEAP_MIB_MIN = 512;

  /// Copies of the graph that the child's heap must hold, with room to read them.
  private static final int COPIES = 6;

  private PlanProcess() {}

  /// Builds a plan and waits for it, minutes.
  ///
  /// @throws EncoderException with the builder's own sentence where it gave one
  static void build(PlanRequest request) throws EncoderException, InterruptedException {
    run(command(request));
  }

  static void run(ProcessBuilder builder) throws EncoderException, InterruptedException {
    String complaint = "";
    String last = "";
    Process process;
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new EncoderException(
          "TensorRT: the builder's process does not start: " + e.getMessage(), e);
    }
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(COMPLAINT)) {
          complaint = line.substring(COMPLAINT.length());
        } else if (line.startsWith(PROGRESS)) {
          LOG.info("TensorRT: {}", line.substring(PROGRESS.length()));
        } else {
          LOG.debug("TensorRT's builder: {}", line);
          last = line.isBlank() ? last : line;
        }
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new EncoderException(
            complaint.isEmpty()
                ? "TensorRT: the builder's process ended with status %d%s"
                    .formatted(status, last.isEmpty() ? "" : ": " + last)
                : complaint);
      }
    } catch (IOException e) {
      throw new EncoderException(
          "TensorRT: the builder's process cannot be read: " + e.getMessage(), e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static ProcessBuilder command(PlanRequest request) throws EncoderException {
    return JavaProcess.of(
        List.of("-Xmx" + heapMib(request.encoder().resolve("model.onnx")) + "m"),
        PlanBuilder.class.getName(),
        request.toArguments());
  }

  private static long heapMib(Path model) throws EncoderException {
    try {
      return HEAP_MIB_MIN + COPIES * (Files.size(model) >> 20);
    } catch (IOException e) {
      throw new EncoderException(
          "TensorRT: %s cannot be read (%s)".formatted(model, e.getMessage()), e);
    }
  }
}
