package dev.alicorn.engine.judge;

/// The length of texts as the trainers' limit sees it, without a tokenizer: 1.3 tokens a word.
///
/// A word is what stands between white space. An ideograph counts as a word, and a longer run
/// without white space counts once for every 16 characters begun, or a text without spaces would
/// seem to have no length.
final class Words {
  /// The most tokens of text that a trainer keeps beside an image: 2048 less 576.
  static final int TOKENS_MAX = 1472;

  private static final int WORD_CHARS_MAX = 16;

  private Words() {}

  static int count(String text) {
    int words = 0;
    int run = 0;
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      int point = c < 0x80 ? c : text.codePointAt(i);
      i += Character.charCount(point);
      if (c < 0x80 ? isWhitespace(c) : Character.isWhitespace(point)) {
        run = 0;
      } else if (c >= 0x80 && Character.isIdeographic(point)) {
        words++;
        run = 0;
      } else if (run++ % WORD_CHARS_MAX == 0) {
        words++;
      }
    }
    return words;
  }

  /// The white space of ASCII, as [Character#isWhitespace(int)] has it.
  private static boolean isWhitespace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
  }

  /// Tokens of so many words, rounded up.
  static int tokens(int words) {
    return Math.ceilDiv(words * 13, 10);
  }
}
