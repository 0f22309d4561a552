package dev.alicorn.gpuworker;

import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A working encoder in memory: a token a character, a vector from their hash. Captions that begin
/// with `nan`, `zero` or `fail` misbehave so; it waits at its gate, and counts calls and closes.
final class HashEncoder implements TextEncoder {
  final AtomicInteger closes = new AtomicInteger();
  final AtomicInteger inFlight = new AtomicInteger();
  final CountDownLatch gate;

  HashEncoder() {
    this(new CountDownLatch(0));
  }

  HashEncoder(CountDownLatch gate) {
    this.gate = gate;
  }

  @Override
  public EncoderDescription description() {
    return new EncoderDescription("hash", ContentHash.of("hash"), 2, 64, false, false);
  }

  @Override
  public TokenSequence tokenize(String text) {
    int length = Math.min(64, text.length());
    return new TokenSequence(
        text.chars().limit(length).toArray(), length, length == 0, text.length() > length);
  }

  @Override
  public List<Embedding> encode(TokenBatch batch) throws EncoderException {
    inFlight.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      inFlight.decrementAndGet();
    }
    for (TokenSequence row : batch.rows()) {
      if (row.length() > 3 && row.id(0) == 'f' && row.id(1) == 'a' && row.id(2) == 'i') {
        throw new EncoderException("the device is gone");
      }
    }
    return batch.rows().stream().map(HashEncoder::vector).toList();
  }

  @Override
  public void close() {
    if (inFlight.get() != 0) {
      throw new IllegalStateException("closed under a call");
    }
    closes.incrementAndGet();
  }

  static Embedding vector(TokenSequence row) {
    return switch (row.id(0)) {
      case 'n' -> Embedding.wrap(new float[] {Float.NaN, 1});
      case 'z' -> Embedding.wrap(new float[] {0, 0});
      default -> Embedding.wrap(new float[] {row.hashCode(), row.length()});
    };
  }
}
