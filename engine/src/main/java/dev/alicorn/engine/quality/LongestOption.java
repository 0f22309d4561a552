package dev.alicorn.engine.quality;

import java.util.List;

/// How much longer the right option of a multiple-choice question is than all others: those who
/// always choose the longest should not be right more often than by chance.
public final class LongestOption {
  private LongestOption() {}

  /// The right option's characters over those of the longest wrong one.
  ///
  /// @param right index of the right option
  public static double ratio(List<String> options, int right) {
    int wrongChars = 1;
    for (int i = 0; i < options.size(); i++) {
      wrongChars = i == right ? wrongChars : Math.max(wrongChars, options.get(i).length());
    }
    return (double) options.get(right).length() / wrongChars;
  }
}
