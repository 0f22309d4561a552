package dev.alicorn.engine.judge;

/// The repair of JSON whose strings stand in typographic quotes.
///
/// Outside a string a typographic quote opens one. It ends at the next typographic quote that
/// something structural follows, so that quotes within the text stay; straight ones inside are
/// escaped. Strings in straight quotes are left as they are.
final class SmartQuotes {
  private static final String QUOTES = "“”„‟″＂";

  private SmartQuotes() {}

  static String straighten(String text) {
    if (text.chars().noneMatch(c -> isSmart((char) c))) {
      return text;
    }
    StringBuilder json = new StringBuilder(text.length() + 16);
    boolean straight = false;
    boolean smart = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inside = straight || smart;
      if (inside && c == '\\' && i + 1 < text.length()) {
        json.append(c).append(text.charAt(++i));
      } else if (straight) {
        straight = c != '"';
        json.append(c);
      } else if (smart && isSmart(c) && structureFollows(text, i + 1)) {
        smart = false;
        json.append('"');
      } else if (smart) {
        json.append(c == '"' ? "\\\"" : String.valueOf(c));
      } else {
        straight = c == '"';
        smart = isSmart(c);
        json.append(smart ? '"' : c);
      }
    }
    return json.toString();
  }

  private static boolean isSmart(char c) {
    return QUOTES.indexOf(c) >= 0;
  }

  private static boolean structureFollows(String text, int from) {
    int next = from;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next == text.length() || ":,]}".indexOf(text.charAt(next)) >= 0;
  }
}
