package dev.alicorn.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The known words nearest to one that a user wrote.
public final class Nearest {
  private Nearest() {}

  /// The candidate at the least edit distance, case ignored; of equals the first in alphabetical
  /// order. Only the first 64 characters of the word count.
  static String to(String word, Collection<String> candidates) {
    return to(word, candidates, 1).getFirst();
  }

  /// The nearest candidates, nearest first, by the same order.
  public static List<String> to(String word, Collection<String> candidates, int countMax) {
    Comparator<String> nearer =
        Comparator.comparingInt(candidate -> distance(lower(word), lower(candidate)));
    return candidates.stream().sorted(nearer.thenComparing(c -> c)).limit(countMax).toList();
  }

  private static String lower(String word) {
    return word.substring(0, Math.min(word.length(), 64)).toLowerCase(Locale.ROOT);
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b` (optimal
  /// string alignment).
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + substitution);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
