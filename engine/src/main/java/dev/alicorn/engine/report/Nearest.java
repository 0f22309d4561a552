package dev.alicorn.engine.report;

import java.util.Arrays;

/// The rows with the highest cosines to one row; of equals those with the lowest number.
final class Nearest {
  private Nearest() {}

  /// How many of a row's nearest rows are the same by two lists of cosines.
  ///
  /// @param own the row itself, which is no neighbour
  static int shared(float[] was, float[] is, int own, int count) {
    int[] before = of(was, own, count);
    Arrays.sort(before);
    int shared = 0;
    for (int row : of(is, own, count)) {
      shared += Arrays.binarySearch(before, row) >= 0 ? 1 : 0;
    }
    return shared;
  }

  static int[] of(float[] cosines, int own, int count) {
    int[] nearest = new int[count];
    int found = 0;
    for (int row = 0; row < cosines.length; row++) {
      if (row == own
          || (found == count && (count == 0 || cosines[row] <= cosines[nearest[count - 1]]))) {
        continue;
      }
      int place = found == count ? count - 1 : found++;
      while (place > 0 && cosines[nearest[place - 1]] < cosines[row]) {
        nearest[place] = nearest[place - 1];
        place--;
      }
      nearest[place] = row;
    }
    return nearest;
  }
}
