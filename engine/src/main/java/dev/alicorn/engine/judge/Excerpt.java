package dev.alicorn.engine.judge;

/// The beginning of a text as one line of at most 160 characters, fit for a detail or a complaint.
final class Excerpt {
  private static final int CHARS_MAX = 160;

  private Excerpt() {}

  static String of(String text) {
    int end = Math.min(text.length(), CHARS_MAX);
    String line = Paragraph.of(text.substring(0, end));
    return text.length() > CHARS_MAX ? line + "…" : line;
  }

  static String quoted(String text) {
    return '"' + of(text) + '"';
  }
}
