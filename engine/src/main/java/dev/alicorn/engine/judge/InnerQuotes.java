package dev.alicorn.engine.judge;

/// The repair of JSON whose strings hold quotes that nobody escaped, as in `"a sign says "STOP""`.
///
/// A quote ends its string where what follows could only be JSON: a colon, bracket or brace, the
/// end, or a comma before a further value or end. Any other quote within a string is text.
final class InnerQuotes {
  private InnerQuotes() {}

  static String escaped(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16);
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inside && c == '\\' && i + 1 < text.length()) {
        json.append(c).append(text.charAt(++i));
      } else if (c != '"') {
        json.append(c);
      } else if (inside && !structureFollows(text, i + 1)) {
        json.append("\\\"");
      } else {
        inside = !inside;
        json.append(c);
      }
    }
    return json.toString();
  }

  private static boolean structureFollows(String text, int from) {
    int next = firstSign(text, from);
    if (next == text.length()) {
      return true;
    }
    if (text.charAt(next) != ',') {
      return ":]}".indexOf(text.charAt(next)) >= 0;
    }
    int value = firstSign(text, next + 1);
    return value == text.length() || "\"{[]}".indexOf(text.charAt(value)) >= 0;
  }

  private static int firstSign(String text, int from) {
    int next = from;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next;
  }
}
