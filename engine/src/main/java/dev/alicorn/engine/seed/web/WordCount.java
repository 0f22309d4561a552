package dev.alicorn.engine.seed.web;

import java.util.Optional;

/// 3 to 60 words.
final class WordCount implements WebRule {
  private static final int WORDS_MIN = 3;
  private static final int WORDS_MAX = 60;

  @Override
  public Optional<String> against(WebText text) {
    int words = text.words().size();
    if (words < WORDS_MIN) {
      return Optional.of("fewer than " + WORDS_MIN + " words");
    }
    return words > WORDS_MAX ? Optional.of("more than " + WORDS_MAX + " words") : Optional.empty();
  }
}
