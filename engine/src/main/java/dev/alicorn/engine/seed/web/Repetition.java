package dev.alicorn.engine.seed.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// No word three times in a row, and of 8 words or more half of them different.
final class Repetition implements WebRule {
  private static final int RUN_MAX = 2;
  private static final int WORDS_MIN = 8;
  private static final double DISTINCT_MIN = 0.5;

  @Override
  public Optional<String> against(WebText text) {
    List<String> words = text.words();
    int run = 1;
    for (int i = 1; i < words.size(); i++) {
      run = words.get(i).equals(words.get(i - 1)) ? run + 1 : 1;
      if (run > RUN_MAX) {
        return Optional.of("a repetition");
      }
    }
    return words.size() >= WORDS_MIN && Set.copyOf(words).size() < DISTINCT_MIN * words.size()
        ? Optional.of("a repetition")
        : Optional.empty();
  }
}
