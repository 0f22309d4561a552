package dev.alicorn.engine.quality;

import dev.alicorn.protocol.SplitMix64;
import java.util.Arrays;
import java.util.List;

/// The MinHash signature of a text's shingles, each five words in a row (Broder, "On the
/// resemblance and containment of documents", 1997).
///
/// Of each of 112 hash functions only the lowest 8 bits of the minimum are kept (Li and König,
/// "b-bit minwise hashing", 2010). Eight of them make a band, a long of which two texts have an
/// equal one with probability J^8 for a Jaccard similarity J; with 14 bands, two texts at 0.8 have
/// one in common with probability 0.92, at 0.5 with 0.05. A text of fewer words is one shingle.
public final class MinHash {
  public static final int BANDS = 14;
  private static final int ROWS = 8;
  private static final int HASHES = BANDS * ROWS;
  private static final int SHINGLE_WORDS = 5;

  /// Two hashes that differ have equal 8 bits this often.
  private static final double CHANCE = 1.0 / 256;

  private static final long[] FACTORS = new long[HASHES];
  private static final long[] SUMMANDS = new long[HASHES];

  static {
    for (int i = 0; i < HASHES; i++) {
      FACTORS[i] = SplitMix64.next(2L * i + 1) | 1;
      SUMMANDS[i] = SplitMix64.next(2L * i + 2);
    }
  }

  private final long[] bands;

  private MinHash(long[] bands) {
    this.bands = bands;
  }

  public static MinHash of(String text) {
    long[] shingles = shingles(TextWords.of(text));
    long[] bands = new long[BANDS];
    for (int hash = 0; hash < HASHES; hash++) {
      long min = -1;
      for (long shingle : shingles) {
        long value = shingle * FACTORS[hash] + SUMMANDS[hash];
        min = Long.compareUnsigned(value, min) < 0 ? value : min;
      }
      bands[hash / ROWS] |= ((min >>> 24) & 0xFF) << (Byte.SIZE * (hash % ROWS));
    }
    return new MinHash(bands);
  }

  /// A band, from 0 to 13.
  public long band(int index) {
    return bands[index];
  }

  /// An estimate of the Jaccard similarity of both texts' shingles, from 0 to 1, off by at most 0.1
  /// for most.
  public double similarity(MinHash other) {
    int equal = 0;
    for (int band = 0; band < BANDS; band++) {
      equal += equalBytes(bands[band], other.bands[band]);
    }
    return similarity(equal);
  }

  static double similarity(int equalBytes) {
    return Math.max(0, ((double) equalBytes / HASHES - CHANCE) / (1 - CHANCE));
  }

  static int equalBytes(long a, long b) {
    long different = a ^ b;
    int equal = 0;
    for (int row = 0; row < ROWS; row++) {
      equal += ((different >>> (Byte.SIZE * row)) & 0xFF) == 0 ? 1 : 0;
    }
    return equal;
  }

  private static long[] shingles(List<String> words) {
    int width = Math.min(SHINGLE_WORDS, words.size());
    long[] shingles = new long[words.size() - width + 1];
    for (int start = 0; start < shingles.length; start++) {
      long hash = 0;
      for (String word : words.subList(start, start + width)) {
        hash = SplitMix64.next(hash + FastHash.of(word));
      }
      shingles[start] = hash;
    }
    return shingles;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MinHash that && Arrays.equals(bands, that.bands);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bands);
  }
}
