package dev.alicorn.gpuworker.cluster;

import dev.alicorn.config.ClusterConfig;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.EncoderWorker;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.folder.CatalogueEncoders;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import dev.alicorn.gpuworker.process.StdinWatch;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import java.util.List;
import java.util.Optional;

/// A worker process with the built-in encoder: `ENCODER HOST:PORT TIMES supervised|alone`, where it
/// encodes each batch that many times over before it answers.
final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] args) throws Exception {
    boolean supervised = args[3].equals("supervised");
    if (supervised) {
      StdinWatch.start();
    }
    TextEncoder encoder =
        new Repeating(OnnxEncoder.open(CatalogueEncoders.minilm()), Integer.parseInt(args[2]));
    try (WorkerNode node =
        WorkerNode.join(
            new WorkerNode.Settings(
                args[0],
                args[1],
                new ClusterConfig("127.0.0.1", 0, Optional.empty()),
                0,
                supervised),
            encoder,
            new EncoderWorker.Settings(1, 8192, 4, 16))) {
      System.out.println(node.announcement());
      System.err.println("alicorn: " + node.awaitEnd());
    }
    System.exit(3);
  }

  private record Repeating(TextEncoder encoder, int times) implements TextEncoder {
    @Override
    public EncoderDescription description() {
      return encoder.description();
    }

    @Override
    public TokenSequence tokenize(String text) {
      return encoder.tokenize(text);
    }

    @Override
    public List<Embedding> encode(TokenBatch batch) throws EncoderException {
      for (int i = 1; i < times; i++) {
        encoder.encode(batch);
      }
      return encoder.encode(batch);
    }

    @Override
    public void close() {
      encoder.close();
    }
  }
}
