package dev.alicorn.gpuworker.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A tokenizer.json of byte pairs, as CLIP has one, against Hugging Face's tokenizers in Python.
///
/// `gateway/python/run` installs them and runs this; `gpu-worker/python/bpe_oracle.py` is the
/// oracle.
@Tag("python")
class BytePairOracleIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int STRINGS = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"77,no", "64,yes"})
  void givesPythonsIds(int tokensMax, String padded) throws Exception {
    long seed = Long.getLong("alicorn.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    List<String> texts = Stream.generate(() -> UglyText.next(random)).limit(STRINGS).toList();
    python(Stream.concat(Stream.of("train", folder.toString()), trainingTexts()), "");
    Path json = folder.resolve("tokenizer.json");

    List<String> expected = oracle(json, tokensMax, padded, texts);
    TokenizerSettings settings = new TokenizerSettings(tokensMax, padded.equals("yes"), "", "");
    try (Tokenizer tokenizer = Tokenizers.open(json, settings)) {
      assertThat(tokenizer.tokenize("").isBlank()).isTrue();
      for (int i = 0; i < STRINGS; i++) {
        TokenSequence actual = tokenizer.tokenize(texts.get(i));
        JsonNode oracle = JSON.readTree(expected.get(i));
        String failing = "-Dalicorn.seed=%d, string %d: %s".formatted(seed, i, texts.get(i));
        assertThat(actual.toArray())
            .as(failing)
            .isEqualTo(JSON.convertValue(oracle.get("ids"), int[].class));
        assertThat(actual.attended()).as(failing).isEqualTo(oracle.get("attended").asInt());
      }
    }
  }

  private List<String> oracle(Path json, int tokensMax, String padded, List<String> texts)
      throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String text : texts) {
      // Python would keep a lone surrogate, which no UTF-8 text can hold.
      lines.append(JSON.writeValueAsString(utf8(text))).append('\n');
    }
    return python(
        Stream.of("encode", json.toString(), Integer.toString(tokensMax), padded),
        lines.toString());
  }

  private static String utf8(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Stream<String> trainingTexts() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return docs
          .filter(file -> file.toString().endsWith(".md"))
          .map(Path::toString)
          .sorted()
          .toList()
          .stream();
    }
  }

  private List<String> python(Stream<String> arguments, String input) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ROOT.resolve(".alicorn/python/bin/python").toString(),
                ROOT.resolve("gpu-worker/python/bpe_oracle.py").toString()));
    arguments.forEach(command::add);
    Path in = Files.writeString(folder.resolve("input"), input);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines;
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      lines = reader.lines().toList();
    }
    assertThat(process.waitFor()).as(command.toString()).isZero();
    return lines;
  }
}
