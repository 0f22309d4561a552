package dev.alicorn.engine.seed.web;

import dev.alicorn.engine.quality.WordList;
import java.util.List;
import java.util.Optional;

/// No word or phrase of a list of explicit words and slurs.
final class ListedWords implements WebRule {
  private static final List<String> LISTED = WordList.named(ListedWords.class, "listed-words.txt");

  @Override
  public Optional<String> against(WebText text) {
    return text.hasAny(LISTED) ? Optional.of("an explicit word or a slur") : Optional.empty();
  }
}
