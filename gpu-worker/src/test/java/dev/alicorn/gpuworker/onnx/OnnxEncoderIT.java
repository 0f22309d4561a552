package dev.alicorn.gpuworker.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.gpuworker.CaptionEncoder;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.folder.CatalogueEncoders;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.RecordId;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxEncoderIT {
  private static OnnxEncoder encoder;

  @BeforeAll
  static void open() throws Exception {
    encoder = OnnxEncoder.open(CatalogueEncoders.minilm());
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void agreesWithTheSameModelRunFromPython() throws Exception {
    List<EncodedBatch.Result> results = assertGolden(new Borrowed(encoder), "/minilm-golden.json");
    double paraphrase = cosine(vector(results, 0), vector(results, 1));
    double unrelated = cosine(vector(results, 0), vector(results, 2));
    assertThat(paraphrase).isGreaterThan(0.5);
    assertThat(unrelated).isLessThan(0.2);
  }

  @Test
  void agreesWithPythonWhereTheFirstTokenCounts() throws Exception {
    assertGolden(OnnxEncoder.open(CatalogueEncoders.bge()), "/bge-golden.json");
  }

  /// Encodes the texts of a golden file, of which the last alone is too long, and compares the
  /// vectors.
  private static List<EncodedBatch.Result> assertGolden(TextEncoder owned, String resource)
      throws Exception {
    JsonNode golden;
    try (InputStream json =
        Objects.requireNonNull(OnnxEncoderIT.class.getResourceAsStream(resource))) {
      golden = new ObjectMapper().readTree(json);
    }
    List<String> texts = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (JsonNode each : golden.get("cases")) {
      texts.add(each.get("text").textValue());
      float[] vector = new float[384];
      ByteBuffer.wrap(Base64.getDecoder().decode(each.get("vector").textValue()))
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(vector);
      expected.add(vector);
    }
    try (CaptionEncoder captions = new CaptionEncoder(owned, 2, 1024)) {
      List<EncodedBatch.Result> results = captions.encode(batch(texts)).results();
      for (int i = 0; i < texts.size(); i++) {
        EncodedBatch.Encoded encoded = (EncodedBatch.Encoded) results.get(i);
        assertThat(cosine(encoded.vector(), Embedding.wrap(expected.get(i))))
            .as("text %d: %s", i, texts.get(i))
            .isGreaterThan(0.999999);
        assertThat(encoded.truncated()).isEqualTo(i == texts.size() - 1);
      }
      return results;
    }
  }

  @Test
  void givesTheSameBitsWhateverTheBatchOrderAndThreads() throws Exception {
    long seed = Long.getLong("alicorn.seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      texts.add("A dog and %d apples on a table. ".formatted(i).repeat(1 + random.nextInt(12)));
    }
    Map<String, Embedding> alone = new HashMap<>();
    try (CaptionEncoder captions = new CaptionEncoder(new Borrowed(encoder), 1, 1)) {
      for (String text : texts) {
        alone.put(text, vector(captions.encode(batch(List.of(text))).results(), 0));
      }
    }
    for (int callers : new int[] {1, 2, 5}) {
      Collections.shuffle(texts, random);
      try (CaptionEncoder captions =
          new CaptionEncoder(new Borrowed(encoder), callers, 1 + random.nextInt(4096))) {
        List<EncodedBatch.Result> results = captions.encode(batch(texts)).results();
        for (int i = 0; i < texts.size(); i++) {
          assertThat(vector(results, i))
              .as("seed %d, %d callers", seed, callers)
              .isEqualTo(alone.get(texts.get(i)));
        }
      }
    }
  }

  @Test
  void describesItself() {
    assertThat(encoder.description())
        .isEqualTo(
            new EncoderDescription(
                "all-MiniLM-L6-v2",
                new ContentHash("17d0ea7512b14f361f5d75977bc93e386116c819d92bc2ad7e273973e23c7246"),
                384,
                256,
                true,
                false));
  }

  @Test
  void refusesAGraphThatIsNotAsItsSettingsSay(@TempDir Path folder) throws Exception {
    Files.createSymbolicLink(folder.resolve("model.onnx"), minilm("model.onnx"));
    Files.createSymbolicLink(folder.resolve("tokenizer.json"), minilm("tokenizer.json"));
    assertRefused(
        folder,
        "name = x, dimension = 768, tokens_max = 256",
        "0 of its graph's outputs [last_hidden_state] have rank 3 and dimension 768; name one as output in encoder.conf, or mend its dimension and pooling");
    assertRefused(
        folder,
        "name = x, dimension = 384, tokens_max = 256, pooling = model, output = text_embeds",
        "its graph has no output text_embeds of rank 2 and dimension 384; it has [last_hidden_state]");
    Files.delete(folder.resolve("model.onnx"));
    Files.writeString(folder.resolve("model.onnx"), "no graph");
    assertRefused(
        folder, "name = x, dimension = 384, tokens_max = 256", "ONNX Runtime does not load it (");
  }

  private static Path minilm(String file) throws Exception {
    return CatalogueEncoders.minilm().path().resolve(file).toAbsolutePath();
  }

  private static void assertRefused(Path folder, String conf, String complaint) throws Exception {
    Files.writeString(folder.resolve("encoder.conf"), conf);
    EncoderFolder read = EncoderFolder.read(folder);
    assertThatThrownBy(() -> OnnxEncoder.open(read))
        .isInstanceOf(EncoderException.class)
        .hasMessageStartingWith("encoder " + folder + ": " + complaint);
  }

  private static EncodeBatch batch(List<String> texts) {
    List<EncodeBatch.Item> items = new ArrayList<>();
    for (String text : texts) {
      items.add(new EncodeBatch.Item(new RecordId(items.size() + 1), text));
    }
    return new EncodeBatch(items);
  }

  private static Embedding vector(List<EncodedBatch.Result> results, int index) {
    return ((EncodedBatch.Encoded) results.get(index)).vector();
  }

  private static double cosine(Embedding a, Embedding b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.dimension(); i++) {
      dot += (double) a.get(i) * b.get(i);
      aa += (double) a.get(i) * a.get(i);
      bb += (double) b.get(i) * b.get(i);
    }
    return dot / Math.sqrt(aa * bb);
  }

  /// The shared encoder, for users that close theirs.
  private record Borrowed(TextEncoder owner) implements TextEncoder {
    @Override
    public EncoderDescription description() {
      return owner.description();
    }

    @Override
    public TokenSequence tokenize(String text) {
      return owner.tokenize(text);
    }

    @Override
    public List<Embedding> encode(TokenBatch batch) throws EncoderException {
      return owner.encode(batch);
    }

    @Override
    public void close() {}
  }
}
