package dev.alicorn.gpuworker.tokenize;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/// Any tokenizer that a `tokenizer.json` describes, run by Hugging Face's own library in native
/// code through DJL.
///
/// The file's truncation is not followed, and its padding only as far as by what token, and on
/// which side, it pads. A lone surrogate, which no UTF-8 text can hold, counts as U+FFFD.
final class HuggingFaceTokens implements Tokenizer {
  private final HuggingFaceTokenizer tokenizer;
  private final TokenizerSettings settings;
  private final int[] frame;

  private HuggingFaceTokens(HuggingFaceTokenizer tokenizer, TokenizerSettings settings) {
    this.tokenizer = tokenizer;
    this.settings = settings;
    this.frame = ids(encode(""));
  }

  static HuggingFaceTokens open(Path tokenizerJson, TokenizerSettings settings) throws IOException {
    try {
      return new HuggingFaceTokens(
          HuggingFaceTokenizer.newInstance(
              tokenizerJson,
              Map.of(
                  "truncation",
                  "true",
                  "maxLength",
                  Integer.toString(settings.tokensMax()),
                  "padding",
                  settings.padded() ? "max_length" : "false")),
          settings);
    } catch (RuntimeException | LinkageError e) {
      throw new IOException("Hugging Face's tokenizers do not load it: " + e.getMessage(), e);
    }
  }

  @Override
  public TokenSequence tokenize(String text) {
    Encoding encoding = encode(text);
    int[] ids = ids(encoding);
    int attended = (int) Arrays.stream(encoding.getAttentionMask()).sum();
    return new TokenSequence(ids, attended, Arrays.equals(ids, frame), encoding.exceedMaxLength());
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private Encoding encode(String text) {
    return tokenizer.encode(scalars(settings.framed(text)));
  }

  private static int[] ids(Encoding encoding) {
    return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }

  /// The text with each lone surrogate replaced.
  private static String scalars(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder scalars = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(scalars::appendCodePoint);
    return scalars.toString();
  }
}
