package dev.alicorn.engine.validate;

import dev.alicorn.engine.format.NumberType;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.SplitMix64;

/// A vector's numbers, each with a sign that depends on its place alone, added up: equal for equal
/// vectors, and for vectors that were rounded differently as far apart as that rounding allows.
final class Projection {
  /// The least float16 that is not rounded to a multiple of it.
  private static final double FLOAT16_STEP = 0x1p-24;

  private final double sum;
  private final double lengths;
  private final int dimension;

  private Projection(double sum, double lengths, int dimension) {
    this.sum = sum;
    this.lengths = lengths;
    this.dimension = dimension;
  }

  static Projection of(Embedding vector) {
    double sum = 0;
    double lengths = 0;
    long signs = 0;
    for (int j = 0; j < vector.dimension(); j++) {
      if ((j & 63) == 0) {
        signs = SplitMix64.next(j);
      }
      float value = vector.get(j);
      sum += (signs >>> j & 1) == 0 ? value : -value;
      lengths += Math.abs(value);
    }
    return new Projection(sum, lengths, vector.dimension());
  }

  /// The sum as it is kept, never 0.
  int bits() {
    int bits = Float.floatToRawIntBits((float) sum);
    return bits == 0 ? Integer.MIN_VALUE : bits;
  }

  /// Whether the kept sum of a vector in one type may be that of this one in another.
  boolean mayBe(int bits, NumberType one, NumberType other) {
    double kept = Float.intBitsToFloat(bits);
    double rounding = unit(one) + unit(other);
    double most = rounding * lengths + dimension * FLOAT16_STEP + Math.ulp((float) sum);
    return Math.abs(kept - sum) <= 1.01 * most;
  }

  /// How far rounding to a type may move a number, relative to it.
  private static double unit(NumberType type) {
    return switch (type) {
      case FLOAT16 -> 0x1p-11;
      case BFLOAT16 -> 0x1p-8;
      case FLOAT32, FLOAT64 -> 0x1p-24;
    };
  }
}
