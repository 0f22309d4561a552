package dev.alicorn.engine.seed.web;

import java.util.Optional;

/// Seven tenths of what is no space are letters: codes, sizes and prices are no captions.
final class LetterShare implements WebRule {
  private static final double SHARE_MIN = 0.7;

  @Override
  public Optional<String> against(WebText text) {
    long signs = text.text().codePoints().filter(point -> !Character.isWhitespace(point)).count();
    long letters = text.text().codePoints().filter(Character::isLetter).count();
    return letters < SHARE_MIN * signs ? Optional.of("few letters") : Optional.empty();
  }
}
