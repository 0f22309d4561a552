package dev.alicorn.engine.seed.web;

import dev.alicorn.engine.quality.WordList;
import java.util.Optional;
import java.util.Set;

/// English, by script and by words of grammar: at most a tenth of the letters are none of A to Z;
/// words of English grammar are as many as those of ten other languages; and of 10 words or more,
/// one is such a word.
///
/// Short captions without any word of grammar pass. What it tells apart and how well is in
/// `docs/seeds.md`.
final class English implements WebRule {
  private static final double FOREIGN_LETTERS_MAX = 0.1;
  private static final int WORDS_MIN = 10;

  private static final Set<String> ENGLISH =
      Set.copyOf(WordList.named(English.class, "english.txt"));
  private static final Set<String> OTHER =
      Set.copyOf(WordList.named(English.class, "other-languages.txt"));

  @Override
  public Optional<String> against(WebText text) {
    long letters = text.text().codePoints().filter(Character::isLetter).count();
    long foreign =
        text.text().codePoints().filter(point -> point > 'z' && Character.isLetter(point)).count();
    long own = text.count(ENGLISH);
    boolean english =
        foreign <= FOREIGN_LETTERS_MAX * letters
            && own >= text.count(OTHER)
            && (own > 0 || text.words().size() < WORDS_MIN);
    return english ? Optional.empty() : Optional.of("not English");
  }
}
