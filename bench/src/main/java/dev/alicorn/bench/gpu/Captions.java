package dev.alicorn.bench.gpu;

import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Captions as an encoder is given them.
final class Captions {
  private static final String LONGEST = "a red kayak lies under plane trees ".repeat(2_000);

  private Captions() {}

  /// Captions of so many tokens exactly: the beginning of a long one.
  static List<TokenSequence> ofLength(TextEncoder encoder, int tokens, int captions) {
    int[] ids = Arrays.copyOf(encoder.tokenize(LONGEST).toArray(), tokens);
    return Collections.nCopies(captions, new TokenSequence(ids, tokens, false, true));
  }

  static TokenBatch batch(TextEncoder encoder, List<String> texts) {
    return batch(texts.stream().map(encoder::tokenize).toList());
  }

  static TokenBatch batch(List<TokenSequence> rows) {
    return new TokenBatch(rows, IntStream.range(0, rows.size()).boxed().toList());
  }
}
