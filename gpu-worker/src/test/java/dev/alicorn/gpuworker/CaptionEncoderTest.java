package dev.alicorn.gpuworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.RecordId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CaptionEncoderTest {

  @Test
  void keepsTheOrderOfTheCaptions() throws EncoderException {
    long seed = Long.getLong("alicorn.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    HashEncoder encoder = new HashEncoder();
    try (CaptionEncoder captions = new CaptionEncoder(encoder, 3, 100)) {
      for (int round = 0; round < 50; round++) {
        List<EncodeBatch.Item> items = new ArrayList<>();
        int count = random.nextInt(300);
        for (int i = 0; i < count; i++) {
          items.add(item(i + 1, "x" + random.nextInt(10) + "y".repeat(random.nextInt(90))));
        }
        List<EncodedBatch.Result> results = captions.encode(new EncodeBatch(items)).results();
        assertThat(results).as("seed %d", seed).hasSize(count);
        for (int i = 0; i < count; i++) {
          String text = items.get(i).text();
          assertThat(results.get(i))
              .as("seed %d", seed)
              .isEqualTo(
                  new EncodedBatch.Encoded(
                      items.get(i).record(),
                      HashEncoder.vector(encoder.tokenize(text)),
                      text.length() > 64));
        }
      }
    }
    assertThat(encoder.closes).hasValue(1);
  }

  @Test
  void rejectsABadCaptionAlone() throws EncoderException {
    try (CaptionEncoder captions = new CaptionEncoder(new HashEncoder(), 2, 1000)) {
      List<EncodedBatch.Result> results =
          captions
              .encode(
                  new EncodeBatch(
                      List.of(item(7, "good"), item(8, ""), item(9, "nan"), item(10, "zero"))))
              .results();
      assertThat(results.getFirst()).isInstanceOf(EncodedBatch.Encoded.class);
      assertThat(results.subList(1, 4))
          .containsExactly(
              new EncodedBatch.Rejected(
                  new RecordId(8), "the caption has no text that the encoder can read"),
              new EncodedBatch.Rejected(
                  new RecordId(9), "the encoder gave a vector that is not finite"),
              new EncodedBatch.Rejected(new RecordId(10), "the encoder gave a zero vector"));
    }
  }

  @Test
  void passesTheBackendsFailureOn() {
    try (CaptionEncoder captions = new CaptionEncoder(new HashEncoder(), 2, 1000)) {
      EncodeBatch batch = new EncodeBatch(List.of(item(1, "good"), item(2, "fail")));
      assertThatThrownBy(() -> captions.encode(batch))
          .isInstanceOf(EncoderException.class)
          .hasMessage("the device is gone");
    }
  }

  @Test
  void closesTheEncoderOnlyAfterTheCallsInProgress() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    HashEncoder encoder = new HashEncoder(gate);
    CaptionEncoder captions = new CaptionEncoder(encoder, 1, 4);
    CompletableFuture<EncodedBatch> running =
        captions.submit(new EncodeBatch(List.of(item(1, "aaaa"), item(2, "bbbb"))));
    while (encoder.inFlight.get() == 0) {
      Thread.onSpinWait();
    }
    Thread closer = Thread.ofPlatform().start(captions::close);
    while (closer.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(encoder.closes).hasValue(0);
    gate.countDown();
    closer.join();
    assertThat(encoder.closes).hasValue(1);
    assertThatThrownBy(running::join).hasRootCauseMessage("the encoder is closed");
  }

  static EncodeBatch.Item item(long record, String text) {
    return new EncodeBatch.Item(new RecordId(record), text);
  }
}
