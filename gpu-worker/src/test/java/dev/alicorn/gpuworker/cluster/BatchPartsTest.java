package dev.alicorn.gpuworker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderMessage;
import dev.alicorn.protocol.EncoderMessageCodec;
import dev.alicorn.protocol.RecordId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchPartsTest {
  /// What Pekko adds to a message: paths, a sequence number, its own header.
  private static final int ENVELOPE_BYTES_MAX = 4096;

  @ParameterizedTest
  @ValueSource(ints = {1, 384, 1280, 8192, 262_144})
  void eachPartAndItsAnswerFitIntoAFrame(int dimension) {
    List<EncodeBatch.Item> items = new ArrayList<>();
    for (int i = 1; i <= 1200; i++) {
      items.add(item(i, "twenty \u20ac are short "));
    }
    // Three bytes a char, as many as a caption may have.
    items.add(item(1201, "\u20ac".repeat(BatchParts.CAPTION_CHARS_MAX)));
    items.add(item(1202, "\u20ac".repeat(BatchParts.CAPTION_CHARS_MAX)));
    for (EncodeBatch part : BatchParts.of(new EncodeBatch(items), dimension).parts()) {
      assertFits(new EncoderMessage.BatchSent(Long.MAX_VALUE, part));
      assertFits(new EncoderMessage.BatchEncoded("10.0.0.1:65535", 1, answer(part, dimension)));
    }
  }

  @Test
  void manyShortCaptionsOfAShortVectorFit() {
    List<EncodeBatch.Item> items = new ArrayList<>();
    for (int i = 1; i <= 3 * BatchParts.CAPTIONS_MAX; i++) {
      items.add(item(Long.MAX_VALUE - i, ""));
    }
    BatchParts parts = BatchParts.of(new EncodeBatch(items), 1);
    assertThat(parts.parts()).hasSize(3);
    parts.parts().forEach(part -> assertFits(new EncoderMessage.BatchSent(Long.MAX_VALUE, part)));
  }

  @Test
  void theAnswerKeepsTheOrderOfTheBatch() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 50; round++) {
      List<EncodeBatch.Item> items = new ArrayList<>();
      int size = random.nextInt(200);
      for (int i = 1; i <= size; i++) {
        boolean long1 = random.nextInt(40) == 0;
        items.add(item(i, "x".repeat(long1 ? BatchParts.CAPTION_CHARS_MAX + 1 : 5)));
      }
      EncodeBatch batch = new EncodeBatch(items);
      // 32 rows of this fit into a part.
      List<EncodeBatch> parts = BatchParts.of(batch, 8192).parts();
      EncodedBatch whole =
          BatchParts.joined(batch, parts.stream().map(part -> answer(part, 1)).toList());
      assertThat(whole.results()).as("seed %s", seed).hasSize(size);
      for (int i = 0; i < size; i++) {
        EncodedBatch.Result result = whole.results().get(i);
        assertThat(result.record()).as("seed %s", seed).isEqualTo(items.get(i).record());
        assertThat(result instanceof EncodedBatch.Encoded)
            .as("seed %s", seed)
            .isEqualTo(items.get(i).text().length() == 5);
      }
    }
  }

  @Test
  void anAnswerHasWhatWasAskedFor() {
    EncodeBatch part = new EncodeBatch(List.of(item(1, "a"), item(2, "b")));
    assertThat(BatchParts.answers(part, answer(part, 4), 4)).isTrue();
    assertThat(BatchParts.answers(part, answer(part, 4), 5)).isFalse();
    EncodeBatch other = new EncodeBatch(List.of(item(2, "b"), item(1, "a")));
    assertThat(BatchParts.answers(part, answer(other, 4), 4)).isFalse();
    assertThat(BatchParts.answers(part, new EncodedBatch(List.of()), 4)).isFalse();
  }

  static EncodeBatch.Item item(long record, String text) {
    return new EncodeBatch.Item(new RecordId(record), text);
  }

  static EncodedBatch answer(EncodeBatch part, int dimension) {
    return new EncodedBatch(
        part.items().stream()
            .<EncodedBatch.Result>map(it ->
                new EncodedBatch.Encoded(it.record(), Embedding.wrap(new float[dimension]), false))
            .toList());
  }

  private static void assertFits(EncoderMessage message) {
    assertThat(EncoderMessageCodec.encode(message).length)
        .isLessThan(BatchParts.FRAME_BYTES_MAX - ENVELOPE_BYTES_MAX);
  }
}
