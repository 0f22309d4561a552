package dev.alicorn.engine.seed.web;

import dev.alicorn.engine.quality.WordList;
import java.util.Optional;
import java.util.Set;

/// English, by script and by words of grammar.
///
/// Words of English grammar are more than those of ten other languages, unless there are none of
/// these, and at most a tenth of the letters are none of A to Z. A text without any word of English
/// grammar has fewer than 10 words, and at most 3 % of such letters. What it tells apart and how
/// well is in `docs/seeds.md`.
final class English implements WebRule {
  private static final double FOREIGN_LETTERS_MAX = 0.1;
  private static final double FOREIGN_LETTERS_BARE_MAX = 0.03;
  private static final int WORDS_BARE_MAX = 9;

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
    long other = text.count(OTHER);
    boolean english =
        own > 0
            ? foreign <= FOREIGN_LETTERS_MAX * letters && (own > other || other == 0)
            : foreign <= FOREIGN_LETTERS_BARE_MAX * letters
                && other == 0
                && text.words().size() <= WORDS_BARE_MAX;
    return english ? Optional.empty() : Optional.of("not English");
  }
}
