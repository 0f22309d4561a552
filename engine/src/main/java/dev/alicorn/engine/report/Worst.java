package dev.alicorn.engine.report;

import dev.alicorn.engine.quality.FastHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The few rows that are worst by a number, to be shown; of equals those with the lowest hash of
/// their id.
final class Worst {
  static final int ROWS_MAX = 5;
  private static final int TEXT_CHARS_MAX = 700;

  /// A row that is shown.
  ///
  /// @param badness the higher the worse
  /// @param note what is bad about it, in a few words
  record Row(String id, double badness, String note, String text) {
    Row {
      int end = text.length() <= TEXT_CHARS_MAX ? text.length() : TEXT_CHARS_MAX;
      if (end < text.length()) {
        end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        text = text.substring(0, end) + "\u2026";
      }
    }

    private static final Comparator<Row> WORST_FIRST =
        Comparator.comparingDouble(Row::badness)
            .reversed()
            .thenComparingLong(row -> FastHash.of(row.id()))
            .thenComparing(Row::id);
  }

  private final PriorityQueue<Row> rows = new PriorityQueue<>(Row.WORST_FIRST.reversed());

  void offer(Row row) {
    rows.add(row);
    if (rows.size() > ROWS_MAX) {
      rows.remove();
    }
  }

  /// The least badness that is still shown, once there are enough rows.
  double badnessMin() {
    return rows.size() < ROWS_MAX ? Double.NEGATIVE_INFINITY : rows.element().badness();
  }

  List<Row> rows() {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Row.WORST_FIRST);
    return sorted;
  }
}
