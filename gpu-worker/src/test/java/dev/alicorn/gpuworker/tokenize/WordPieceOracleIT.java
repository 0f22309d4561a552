package dev.alicorn.gpuworker.tokenize;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Our tokenizer against Hugging Face's own, on text that breaks tokenizers.
class WordPieceOracleIT {
  private static final int STRINGS = 20_000;
  private static final int TOKENS_MAX = 256;

  private static HuggingFaceTokenizer oracle;
  private static WordPiece ours;

  @BeforeAll
  static void load() throws IOException {
    try (InputStream json = tokenizerJson()) {
      oracle =
          HuggingFaceTokenizer.newInstance(
              json,
              Map.of(
                  "truncation",
                  "true",
                  "maxLength",
                  Integer.toString(TOKENS_MAX),
                  "padding",
                  "false"));
    }
    try (InputStream json = tokenizerJson()) {
      ours = WordPiece.read(json, new TokenizerSettings(TOKENS_MAX, false, "", ""));
    }
  }

  @AfterAll
  static void close() {
    oracle.close();
  }

  @Test
  void givesTheOraclesIdsForUglyText() {
    long seed = Long.getLong("alicorn.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < STRINGS; i++) {
      String text = UglyText.next(random);
      Encoding expected = oracle.encode(text);
      TokenSequence actual = ours.tokenize(text);
      String failing = "-Dalicorn.seed=%d, string %d: %s".formatted(seed, i, codePoints(text));
      assertThat(Arrays.stream(actual.toArray()).asLongStream().toArray())
          .as(failing)
          .isEqualTo(expected.getIds());
      assertThat(actual.truncated()).as(failing).isEqualTo(expected.exceedMaxLength());
    }
  }

  private static InputStream tokenizerJson() {
    return Objects.requireNonNull(
        WordPieceOracleIT.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json"));
  }

  private static String codePoints(String text) {
    return text.codePoints().limit(60).mapToObj(Integer::toHexString).collect(joining(" "));
  }
}
