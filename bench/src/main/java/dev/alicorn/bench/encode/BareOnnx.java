package dev.alicorn.bench.encode;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// ONNX Runtime alone: padded batches in, hidden states out, nothing done with them.
final class BareOnnx implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /// @param threads of the runtime's own, for a call
  BareOnnx(EncoderFolder folder, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setMemoryPatternOptimization(false);
      session = environment.createSession(folder.model().toString(), options);
    }
  }

  /// Runs batches, each padded to its longest row.
  ///
  /// @param callers threads that call the runtime
  void run(List<TokenBatch> batches, int callers) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
      List<Future<?>> runs = new ArrayList<>();
      for (TokenBatch batch : batches) {
        runs.add(
            executor.submit(() -> {
              run(batch);
              return null;
            }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }

  private void run(TokenBatch batch) throws OrtException {
    int longest = batch.rows().stream().mapToInt(TokenSequence::length).max().orElseThrow();
    long[] shape = {batch.rows().size(), longest};
    long[] ids = new long[batch.rows().size() * longest];
    long[] mask = new long[ids.length];
    int start = 0;
    for (TokenSequence row : batch.rows()) {
      for (int i = 0; i < row.length(); i++) {
        ids[start + i] = row.id(i);
        mask[start + i] = 1;
      }
      start += longest;
    }
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids",
                    idTensor,
                    "attention_mask",
                    maskTensor,
                    "token_type_ids",
                    types))) {
      if (result.size() != 1) {
        throw new IllegalStateException(result.size() + " outputs");
      }
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
