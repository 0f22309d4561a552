package dev.alicorn.engine.seed.web;

import dev.alicorn.engine.quality.PhraseList;
import dev.alicorn.engine.quality.WordList;
import java.util.Optional;

/// No word or phrase of a list of explicit words and slurs.
final class ListedWords implements WebRule {
  private static final PhraseList LISTED =
      new PhraseList(WordList.named(ListedWords.class, "listed-words.txt"));

  @Override
  public Optional<String> against(WebText text) {
    return LISTED.isIn(text.words()) ? Optional.of("an explicit word or a slur") : Optional.empty();
  }
}
