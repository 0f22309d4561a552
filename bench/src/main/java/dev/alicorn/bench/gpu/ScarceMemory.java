package dev.alicorn.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.bench.encode.PaperCaptions;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.device.DeviceProbe;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import dev.alicorn.gpuworker.process.JavaProcess;
import dev.alicorn.gpuworker.tensorrt.Agreement;
import dev.alicorn.gpuworker.tensorrt.Bucket;
import dev.alicorn.gpuworker.tensorrt.TensorRtEncoder;
import dev.alicorn.gpuworker.tensorrt.cuda.CudaContext;
import dev.alicorn.gpuworker.tensorrt.cuda.CudaHandle;
import dev.alicorn.gpuworker.tensorrt.cuda.DeviceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A process that takes a device's memory but for a rest, and opens an encoder in that rest.
final class ScarceMemory {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long CHUNK_BYTES = 64L << 20;
  private static final int CAPTIONS = 100;

  private ScarceMemory() {}

  /// What became of the encoder: `rows` of its largest shape and `cosine_min`, or `refusal`.
  static JsonNode in(int freeMebibytes, EncoderFolder folder)
      throws IOException, InterruptedException {
    Process process =
        JavaProcess.of(
                List.of("-Xmx1g"),
                ScarceMemory.class.getName(),
                List.of(Integer.toString(freeMebibytes), folder.path().toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    String last = output.lines().reduce("", (_, line) -> line);
    return last.startsWith("{")
        ? JSON.readTree(last)
        : JSON.createObjectNode().put("refusal", "it ended with " + status + ": " + last);
  }

  static void main(String[] arguments) throws Exception {
    ObjectNode outcome = JSON.createObjectNode();
    try {
      fill(Integer.parseInt(arguments[0]));
      EncoderFolder folder = EncoderFolder.read(Path.of(arguments[1]));
      TensorRtEncoder encoder =
          TensorRtEncoder.open(GpuBench.config(folder, GpuBench.USUAL), folder);
      try (OnnxEncoder reference = OnnxEncoder.open(folder)) {
        TokenBatch batch = Captions.batch(reference, PaperCaptions.of(CAPTIONS));
        Agreement agreement = Agreement.of(encoder.encode(batch), reference.encode(batch));
        outcome
            .put("rows", encoder.buckets().stream().mapToInt(Bucket::rows).max().orElseThrow())
            .put("cosine_min", agreement.cosineMin());
      }
    } catch (EncoderException | DeviceException e) {
      outcome.put("refusal", e.getMessage());
    }
    System.out.println(outcome);
    // The memory goes with the process.
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  /// Takes all of the first device's memory, then gives the rest back.
  private static void fill(int freeMebibytes) throws DeviceException {
    if (!(DeviceProbe.ask() instanceof DeviceProbe.Found)) {
      throw new IllegalStateException("there is no device");
    }
    CudaContext cuda = CudaContext.open(0);
    cuda.enter();
    Deque<CudaHandle> taken = new ArrayDeque<>();
    try {
      while (true) {
        taken.push(cuda.deviceMemory(CHUNK_BYTES));
      }
    } catch (DeviceException e) {
      if (!e.isOutOfMemory()) {
        throw e;
      }
    }
    for (long given = 0; given < (long) freeMebibytes << 20; given += CHUNK_BYTES) {
      taken.pop().close();
    }
  }
}
