package dev.alicorn.gpuworker.tokenize;

import java.text.Normalizer;

/// BERT's text normalisation (uncased): control characters out, white space to one kind, CJK
/// ideographs set apart, accents stripped, lower case.
///
/// The steps and their order are those of the reference tokenizer (`BertNormalizer` of Hugging Face
/// tokenizers, after Google's `tokenization.py`). A lone surrogate, which no UTF-8 text can hold,
/// counts as a control character.
final class BertText {
  private static final int REPLACEMENT = 0xFFFD;

  private BertText() {}

  /// The text in normal form; a plain space is the only white space left in it.
  static String normalise(String text) {
    StringBuilder clean = new StringBuilder(text.length() + 16);
    boolean ascii = true;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        appendAscii(clean, c);
      } else if (c != REPLACEMENT && !isControl(c)) {
        ascii = false;
        if (Character.isSpaceChar(c)) {
          clean.append(' ');
        } else if (isIdeograph(c)) {
          clean.append(' ').appendCodePoint(c).append(' ');
        } else {
          clean.appendCodePoint(c);
        }
      }
    }
    return ascii ? clean.toString() : withoutAccents(clean);
  }

  /// Whether BERT's pre-tokenizer makes a word of its own of the character: any punctuation, and
  /// the ASCII symbols.
  static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c > ' ' && c < 0x7F && !isAsciiLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static void appendAscii(StringBuilder clean, int c) {
    if (c >= 'A' && c <= 'Z') {
      clean.append((char) (c + ('a' - 'A')));
    } else if (c >= ' ' && c != 0x7F) {
      clean.append((char) c);
    } else if (c == '\t' || c == '\n' || c == '\r') {
      clean.append(' ');
    }
  }

  private static String withoutAccents(CharSequence text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    StringBuilder plain = new StringBuilder(decomposed.length());
    for (int i = 0; i < decomposed.length(); ) {
      int c = decomposed.codePointAt(i);
      i += Character.charCount(c);
      if (Character.getType(c) != Character.NON_SPACING_MARK) {
        plain.appendCodePoint(Character.toLowerCase(c));
      }
    }
    return plain.toString();
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> false;
    };
  }

  private static boolean isIdeograph(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B73F)
        || (c >= 0x2B740 && c <= 0x2B81F)
        || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }

  private static boolean isAsciiLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
