package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.tokenize.TokenSequence;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// The count of what a device computes in vain: behind captions that are shorter than their shape,
/// and in rows that no caption fills. Thread-safe.
final class Padding {
  private final LongAdder tokens = new LongAdder();
  private final LongAdder computed = new LongAdder();

  /// Captions that were run in a shape.
  void add(List<TokenSequence> captions, Bucket bucket) {
    captions.forEach(caption -> tokens.add(caption.length()));
    computed.add(bucket.elements());
  }

  /// The share of all tokens that were computed, 0 to 1.
  double share() {
    return computed.sum() == 0 ? 0 : 1 - (double) tokens.sum() / computed.sum();
  }
}
