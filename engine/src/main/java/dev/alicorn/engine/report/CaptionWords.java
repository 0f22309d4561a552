package dev.alicorn.engine.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The words of a text: what stands between white space, case kept.
record CaptionWords(List<String> words) {

  static CaptionWords of(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean space = i == text.length() || isSpace(text.charAt(i));
      if (space && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      } else if (!space && start < 0) {
        start = i;
      }
    }
    return new CaptionWords(words);
  }

  private static boolean isSpace(char unit) {
    return Character.isWhitespace(unit) || Character.isSpaceChar(unit);
  }

  int count() {
    return words.size();
  }

  /// How many different ones there are, and their entropy.
  Diversity diversity() {
    Map<String, Integer> counts = new HashMap<>();
    for (String word : words) {
      counts.merge(word, 1, Integer::sum);
    }
    // H = log2 n - (Σ c log2 c) / n; by ascending c, so that the order of a map does not matter.
    int[] sorted = counts.values().stream().mapToInt(Integer::intValue).sorted().toArray();
    double weighted = 0;
    for (int count : sorted) {
      weighted += count * Math.log(count);
    }
    double entropy = words.isEmpty() ? 0 : Math.log(count()) - weighted / count();
    return new Diversity(
        words.isEmpty() ? 0 : (double) sorted.length / count(), Math.max(0, entropy / Math.log(2)));
  }

  /// @param typeTokenRatio different words divided by words
  /// @param entropyBits of the words' frequencies, to base 2
  record Diversity(double typeTokenRatio, double entropyBits) {}
}
