package dev.alicorn.engine.seed;

import dev.alicorn.protocol.ContentHash;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// The first 64 bits of a text's SHA-256. Of a million texts, two have the same by a chance of 1 to
/// 37 million; the second is then taken for the first.
final class TextHash {
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private TextHash() {}

  static long of(String text) {
    return ContentHash.of(text).prefix();
  }

  /// The hash of a text as a reader takes it: without regard to how its signs are composed, to
  /// upper and lower case, and to how words are set apart.
  static long folded(String text) {
    String folded =
        Normalizer.normalize(text, Normalizer.Form.NFC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    return of(SPACES.matcher(folded).replaceAll(" ").strip());
  }
}
