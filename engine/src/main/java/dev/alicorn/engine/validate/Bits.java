package dev.alicorn.engine.validate;

import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.format.NumberType;
import java.util.Optional;
import java.util.stream.Stream;

/// What [IdTable] remembers of where an id was seen: a bit for the rows and one for the vectors of
/// each set of each format, and the type of the numbers of its first vector.
final class Bits {
  static final int FORMATS_MAX = 6;

  private static final int SETS = 2;
  private static final int VECTORS = FORMATS_MAX * SETS;
  private static final int TYPE = 2 * VECTORS;

  private Bits() {}

  /// @param format its number among those of the folder
  static int row(int format, DatasetSet set) {
    return 1
        << (format * SETS
            + switch (set) {
              case PRETRAIN -> 0;
              case INSTRUCT -> 1;
            });
  }

  static int rowsOfAnySet(int format) {
    return row(format, DatasetSet.PRETRAIN) | row(format, DatasetSet.INSTRUCT);
  }

  static int vector(int format, DatasetSet set) {
    return row(format, set) << VECTORS;
  }

  static int anyVector() {
    return ((1 << VECTORS) - 1) << VECTORS;
  }

  static int type(NumberType type) {
    return switch (type) {
          case FLOAT32 -> 1;
          case FLOAT16 -> 2;
          case FLOAT64 -> 3;
          case BFLOAT16 -> 4;
        }
        << TYPE;
  }

  static Optional<NumberType> typeOf(int seen) {
    return Stream.of(NumberType.values())
        .filter(type -> seen >>> TYPE == type(type) >>> TYPE)
        .findFirst();
  }

  /// The first format with a vector.
  static int firstVector(int seen) {
    return Integer.numberOfTrailingZeros(seen >>> VECTORS) / SETS;
  }

  /// The first format with a row of a set.
  static int firstRow(int seen, DatasetSet set) {
    for (int format = 0; format < FORMATS_MAX; format++) {
      if ((seen & row(format, set)) != 0) {
        return format;
      }
    }
    throw new IllegalStateException("no format has a row");
  }
}
