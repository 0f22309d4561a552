package dev.alicorn.engine.validate;

import dev.alicorn.engine.dataset.read.Spoken;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.SplitMix64;
import java.util.List;

/// Hashes of what formats are to agree on, never 0, which stands for none.
final class Hash {
  private Hash() {}

  static int of(String text) {
    return folded(SplitMix64.next((long) text.hashCode() << 32 ^ text.length()));
  }

  static int of(List<Spoken> turns) {
    long hash = turns.size();
    for (Spoken turn : turns) {
      hash = SplitMix64.next(hash ^ of(turn.from()));
      hash = SplitMix64.next(hash ^ of(turn.value()));
    }
    return folded(hash);
  }

  /// Of the numbers' bits, whichever sign a zero has.
  static int of(Embedding vector) {
    int dimension = vector.dimension();
    long even = dimension;
    long odd = 1;
    int j = 0;
    for (; j + 1 < dimension; j += 2) {
      even = (even ^ bits(vector, j)) * SplitMix64.FIRST_FACTOR;
      odd = (odd ^ bits(vector, j + 1)) * SplitMix64.SECOND_FACTOR;
      even ^= even >>> 29;
      odd ^= odd >>> 29;
    }
    if (j < dimension) {
      even = (even ^ bits(vector, j)) * SplitMix64.FIRST_FACTOR;
    }
    return folded(SplitMix64.next(even ^ SplitMix64.next(odd)));
  }

  private static int bits(Embedding vector, int j) {
    return Float.floatToRawIntBits(vector.get(j) + 0.0f);
  }

  private static int folded(long hash) {
    int folded = (int) (hash ^ hash >>> 32);
    return folded == 0 ? 1 : folded;
  }
}
