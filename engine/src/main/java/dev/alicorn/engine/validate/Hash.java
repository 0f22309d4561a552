package dev.alicorn.engine.validate;

import dev.alicorn.engine.dataset.read.Spoken;
import dev.alicorn.protocol.Embedding;
import java.util.List;

/// Hashes of what formats are to agree on, never 0, which stands for none.
final class Hash {
  private Hash() {}

  static int of(String text) {
    return folded(Hash.mixed((long) text.hashCode() << 32 ^ text.length()));
  }

  static int of(List<Spoken> turns) {
    long hash = turns.size();
    for (Spoken turn : turns) {
      hash = mixed(hash ^ of(turn.from()));
      hash = mixed(hash ^ of(turn.value()));
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
      even = (even ^ bits(vector, j)) * 0xBF58476D1CE4E5B9L;
      odd = (odd ^ bits(vector, j + 1)) * 0x94D049BB133111EBL;
      even ^= even >>> 29;
      odd ^= odd >>> 29;
    }
    if (j < dimension) {
      even = (even ^ bits(vector, j)) * 0xBF58476D1CE4E5B9L;
    }
    return folded(mixed(even ^ mixed(odd)));
  }

  private static int bits(Embedding vector, int j) {
    return Float.floatToRawIntBits(vector.get(j) + 0.0f);
  }

  private static int folded(long hash) {
    int folded = (int) (hash ^ hash >>> 32);
    return folded == 0 ? 1 : folded;
  }

  /// The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
  /// generators", 2014).
  static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
