package dev.alicorn.engine.quality;

import java.util.ArrayList;
import java.util.List;

/// The words of a text in their order: runs of letters and digits in lower case, with apostrophes
/// and hyphens that stand between such.
public final class TextWords {
  private TextWords() {}

  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int next = i + Character.charCount(point);
      if (Character.isLetterOrDigit(point)) {
        word.appendCodePoint(Character.toLowerCase(point));
      } else if (!word.isEmpty() && joins(point) && startsWithLetterOrDigit(text, next)) {
        word.append(point == '’' ? '\'' : (char) point);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
      i = next;
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean joins(int point) {
    return point == '\'' || point == '’' || point == '-';
  }

  private static boolean startsWithLetterOrDigit(String text, int at) {
    return at < text.length() && Character.isLetterOrDigit(text.codePointAt(at));
  }
}
