package dev.alicorn.engine.quality;

import java.util.ArrayList;
import java.util.List;

/// The words of a text in their order: runs of letters and digits in lower case, with apostrophes
/// and hyphens that stand between such.
public final class TextWords {
  private static final int CHARS_A_WORD = 5;

  private TextWords() {}

  public static List<String> of(String text) {
    List<String> words = new ArrayList<>(text.length() / CHARS_A_WORD);
    int at = 0;
    while ((at = start(text, at)) < text.length()) {
      int end = end(text, at);
      words.add(lowerCase(text, at, end));
      at = end;
    }
    return words;
  }

  /// How many words a text has.
  public static int count(String text) {
    int words = 0;
    int at = 0;
    while ((at = start(text, at)) < text.length()) {
      at = end(text, at);
      words++;
    }
    return words;
  }

  /// Where the next word starts, at `from` or behind it; the text's length if there is none.
  private static int start(String text, int from) {
    int at = from;
    while (at < text.length() && !isLetterOrDigit(text, at)) {
      at += size(text, at);
    }
    return at;
  }

  /// Where the word ends that starts at `from`.
  private static int end(String text, int from) {
    int at = from + size(text, from);
    while (at < text.length()) {
      if (isLetterOrDigit(text, at)) {
        at += size(text, at);
      } else if (joins(text.charAt(at))
          && at + 1 < text.length()
          && isLetterOrDigit(text, at + 1)) {
        at++;
      } else {
        return at;
      }
    }
    return at;
  }

  private static String lowerCase(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        StringBuilder word = new StringBuilder(to - from);
        text.substring(from, to)
            .codePoints()
            .map(point -> point == '’' ? '\'' : Character.toLowerCase(point))
            .forEach(word::appendCodePoint);
        return word.toString();
      }
    }
    return text.substring(from, to);
  }

  private static boolean isLetterOrDigit(String text, int at) {
    char c = text.charAt(at);
    return c < 0x80
        ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        : Character.isLetterOrDigit(text.codePointAt(at));
  }

  /// How many chars the code point has.
  private static int size(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? Character.charCount(text.codePointAt(at))
        : 1;
  }

  private static boolean joins(char c) {
    return c == '\'' || c == '’' || c == '-';
  }
}
