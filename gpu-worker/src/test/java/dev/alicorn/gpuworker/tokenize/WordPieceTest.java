package dev.alicorn.gpuworker.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WordPieceTest {
  private static final int CLS = 101;
  private static final int SEP = 102;
  private static final int MASK = 103;

  private static WordPiece pieces;

  @BeforeAll
  static void load() throws IOException {
    pieces = read(256);
  }

  @Test
  void framesATextWithItsSpecialTokens() {
    assertThat(pieces.tokenize("Hello, world!").toArray())
        .containsExactly(CLS, 7592, 1010, 2088, 999, SEP);
  }

  @Test
  void splitsAWordIntoTheLongestPieces() {
    assertThat(pieces.tokenize("unaffable").toArray())
        .containsExactly(CLS, 14477, 20961, 3468, SEP);
  }

  @Test
  void takesNoSpecialTokenFromText() {
    assertThat(pieces.tokenize("[MASK] [CLS] [SEP] [PAD]").toArray())
        .startsWith(CLS)
        .endsWith(SEP)
        .doesNotContain(MASK, 0)
        .satisfies(ids -> {
          assertThat(ids).containsOnlyOnce(CLS);
          assertThat(ids).containsOnlyOnce(SEP);
        });
  }

  @Test
  void dropsALoneSurrogate() {
    assertThat(pieces.tokenize("a\uD800dog\uDC00")).isEqualTo(pieces.tokenize("adog"));
  }

  @Test
  void isBlankWhereNothingCanBeRead() {
    assertThat(pieces.tokenize(" \u200B\u0000\n\uD800 ").isBlank()).isTrue();
    assertThat(pieces.tokenize("").isBlank()).isTrue();
    assertThat(pieces.tokenize("x").isBlank()).isFalse();
  }

  @Test
  void cutsAtTheLongestInputAndSaysSo() throws IOException {
    WordPiece five = read(5);
    assertThat(five.tokenize("one two three").truncated()).isFalse();
    assertThat(five.tokenize("one two three").length()).isEqualTo(5);
    TokenSequence cut = five.tokenize("one two three four");
    assertThat(cut.truncated()).isTrue();
    assertThat(cut.toArray()).isEqualTo(five.tokenize("one two three").toArray());
    assertThat(five.tokenize("dog unaffable").toArray())
        .containsExactly(CLS, 3899, 14477, 20961, SEP);
  }

  @Test
  void framesACaptionAndKnowsAnEmptyFrame() throws IOException {
    WordPiece plain = read(256);
    WordPiece framed = read(256, "a photo of ");
    assertThat(framed.tokenize("a dog")).isEqualTo(plain.tokenize("a photo of a dog"));
    assertThat(framed.tokenize(" \u0000 ").isBlank()).isTrue();
    assertThat(framed.tokenize("a dog").isBlank()).isFalse();
    assertThat(plain.tokenize("").isBlank()).isTrue();
  }

  @Test
  void refusesAnotherKindOfTokenizer() {
    InputStream bpe =
        new ByteArrayInputStream(
            "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0}}}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> WordPiece.read(bpe, new TokenizerSettings(256, false, "", "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a WordPiece model");
  }

  private static WordPiece read(int tokensMax) throws IOException {
    return read(tokensMax, "");
  }

  private static WordPiece read(int tokensMax, String before) throws IOException {
    try (InputStream json =
        Objects.requireNonNull(
            WordPieceTest.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json"))) {
      return WordPiece.read(json, new TokenizerSettings(tokensMax, false, before, ""));
    }
  }
}
