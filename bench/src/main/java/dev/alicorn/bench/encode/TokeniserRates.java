package dev.alicorn.bench.encode;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.tokenize.Tokenizer;
import dev.alicorn.gpuworker.tokenize.TokenizerSettings;
import dev.alicorn.gpuworker.tokenize.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How fast captions are tokenised by one thread.
final class TokeniserRates {
  private static final int ROUNDS = 3;
  private static final List<Integer> CAPTIONS = List.of(1_000, 10_000, 100_000);

  private TokeniserRates() {}

  /// @param scratch takes a tokenizer's file
  static List<Row> rows(EncoderFolder folder, Path scratch) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (Tokenizer ours = folder.tokenizer()) {
      for (int captions : CAPTIONS) {
        rows.add(measured("tokenise_wordpiece_" + captions, ours, PaperCaptions.of(captions)));
      }
    }
    int few = CAPTIONS.getFirst();
    try (Tokenizer library = library(folder, scratch)) {
      rows.add(measured("tokenise_hugging_face_" + few, library, PaperCaptions.of(few)));
    }
    return rows;
  }

  /// The same tokenizer run by Hugging Face's library: its longest word is one char off BERT's, so
  /// that it is none of ours.
  private static Tokenizer library(EncoderFolder folder, Path scratch) throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode tokenizer =
        (ObjectNode) json.readTree(folder.path().resolve("tokenizer.json").toFile());
    ((ObjectNode) tokenizer.path("model")).put("max_input_chars_per_word", 101);
    Path file = scratch.resolve("tokenizer.json");
    json.writeValue(file.toFile(), tokenizer);
    return Tokenizers.open(
        file, new TokenizerSettings(folder.settings().tokensMax(), false, "", ""));
  }

  private static Row measured(String name, Tokenizer tokenizer, List<String> texts) {
    double[] rates = new double[ROUNDS];
    long tokens = 0;
    // The first round warms the code up and is left out.
    for (int round = 0; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      tokens = 0;
      for (String text : texts) {
        tokens += tokenizer.tokenize(text).length();
      }
      if (round > 0) {
        rates[round - 1] = texts.size() * 1e9 / (System.nanoTime() - start);
      }
    }
    return Row.spread(name, "captions_per_s", rates)
        .and("tokens_per_caption", (double) tokens / texts.size());
  }
}
