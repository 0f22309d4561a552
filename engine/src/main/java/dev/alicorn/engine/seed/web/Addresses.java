package dev.alicorn.engine.seed.web;

import java.util.Optional;
import java.util.regex.Pattern;

/// No address of the web or of mail.
final class Addresses implements WebRule {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "https?:|\\bwww\\.|[\\w.+-]@[\\w-]+\\.\\w"
              + "|\\b[a-z0-9-]{2,}\\.(?:com|net|org|info|biz|edu|gov|co\\.uk)\\b",
          Pattern.CASE_INSENSITIVE);

  @Override
  public Optional<String> against(WebText text) {
    return ADDRESS.matcher(text.text()).find()
        ? Optional.of("an address of the web or of mail")
        : Optional.empty();
  }
}
