package dev.alicorn.engine.judge;

/// A text as one paragraph: every run of white space is one space, and what no reader sees is gone.
///
/// Dropped are control characters, lone surrogates, noncharacters, zero-width spaces, byte order
/// marks and the marks that turn the writing direction around. Joiners stay, since scripts and
/// emoji need them.
final class Paragraph {
  private Paragraph() {}

  static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length());
    appendTo(line, text);
    return line.toString();
  }

  /// Whether a text is a paragraph of printable ASCII as it stands, as most are.
  private static boolean isPlain(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
        return false;
      }
      before = c;
    }
    return before != ' ';
  }

  /// The same for each line by itself; empty lines are dropped.
  static String lines(String text) {
    StringBuilder lines = new StringBuilder(text.length());
    for (String line : (Iterable<String>) text.lines()::iterator) {
      int start = lines.length();
      if (start > 0) {
        lines.append('\n');
      }
      int from = lines.length();
      appendTo(lines, line);
      if (lines.length() == from) {
        lines.setLength(start);
      }
    }
    return lines.toString();
  }

  private static void appendTo(StringBuilder line, String text) {
    int start = line.length();
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      boolean plain = point > ' ' && point <= '~';
      if (!plain && isSpace(point)) {
        gap = true;
      } else if (plain || isVisible(point)) {
        if (gap && line.length() > start) {
          line.append(' ');
        }
        gap = false;
        line.appendCodePoint(point);
      }
    }
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85;
  }

  private static boolean isVisible(int point) {
    boolean bidi = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    boolean zeroWidth = point == 0x200B || point == 0x2060 || point == 0xFEFF;
    boolean nonCharacter = (point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF);
    return !bidi
        && !zeroWidth
        && !nonCharacter
        && !Character.isISOControl(point)
        && Character.getType(point) != Character.SURROGATE;
  }
}
