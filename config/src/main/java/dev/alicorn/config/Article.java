package dev.alicorn.config;

import java.util.Locale;
import java.util.regex.Pattern;

/// The indefinite article that an English name takes, by how its first word sounds.
///
/// Spelling tells it for nearly all words: a vowel takes `an`, but for those that sound like `you`
/// or `won`. Letters that are read one by one, as in `LED strip` or `X-ray`, go by their own names.
/// A name that this gets wrong carries its article with it.
final class Article {
  private static final Pattern LETTERS = Pattern.compile("[A-Z]([A-Z0-9]+|-[A-Za-z].*|)");
  private static final String LETTERS_WITH_AN = "AEFHILMNORSX";
  private static final Pattern AN = Pattern.compile("hour|heir|hono|honest|8|11\\b|18\\b");
  private static final Pattern A =
      Pattern.compile("eu|ewe|uni(?!n)|us[aeiu]|ut[aeio]|uku|one\\b|once\\b");

  private Article() {}

  /// The name behind `a` or `an`.
  static String before(String name) {
    String first = name.split("\\s", 2)[0];
    return (takesAn(first) ? "an " : "a ") + name;
  }

  private static boolean takesAn(String word) {
    if (LETTERS.matcher(word).matches()) {
      return LETTERS_WITH_AN.indexOf(word.charAt(0)) >= 0;
    }
    String small = word.toLowerCase(Locale.ROOT);
    if (AN.matcher(small).lookingAt()) {
      return true;
    }
    return "aeiou".indexOf(small.charAt(0)) >= 0 && !A.matcher(small).lookingAt();
  }
}
