package dev.alicorn.gpuworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EncoderWorkerTest {
  private static final int WAITING_MAX = 8;
  private static ActorTestKit kit;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void answersEachBatch() {
    ActorRef<EncoderWorker.Command> worker = worker(new HashEncoder(), 2);
    TestProbe<EncoderWorker.Reply> probe = kit.createTestProbe();
    worker.tell(new EncoderWorker.Encode(batch("good", ""), probe.ref()));
    EncodedBatch done = probe.expectMessageClass(EncoderWorker.Done.class).batch();
    assertThat(done.results().get(0)).isInstanceOf(EncodedBatch.Encoded.class);
    assertThat(done.results().get(1)).isInstanceOf(EncodedBatch.Rejected.class);
  }

  @Test
  void saysWhyAndGoesOnWhereTheBackendFails() {
    ActorRef<EncoderWorker.Command> worker = worker(new HashEncoder(), 1);
    TestProbe<EncoderWorker.Reply> probe = kit.createTestProbe();
    for (int i = 0; i < 3; i++) {
      worker.tell(new EncoderWorker.Encode(batch("fail"), probe.ref()));
      assertThat(probe.expectMessageClass(EncoderWorker.Failed.class).reason())
          .isEqualTo("the device is gone");
    }
    worker.tell(new EncoderWorker.Encode(batch("good"), probe.ref()));
    probe.expectMessageClass(EncoderWorker.Done.class);
  }

  @Test
  void takesTheBatchesOfSeveralJobsInTheirOrder() {
    CountDownLatch gate = new CountDownLatch(1);
    ActorRef<EncoderWorker.Command> worker = worker(new HashEncoder(gate), 1);
    TestProbe<EncoderWorker.Reply> probe = kit.createTestProbe();
    for (String text : List.of("one", "the other", "the other again")) {
      worker.tell(new EncoderWorker.Encode(batch(text, text), probe.ref()));
      worker.tell(new EncoderWorker.Encode(batch(text), probe.ref()));
    }
    gate.countDown();
    for (int i = 0; i < 3; i++) {
      assertThat(probe.expectMessageClass(EncoderWorker.Done.class).batch().results()).hasSize(2);
      assertThat(probe.expectMessageClass(EncoderWorker.Done.class).batch().results()).hasSize(1);
    }
  }

  @Test
  void refusesMoreThanMayWait() {
    CountDownLatch gate = new CountDownLatch(1);
    ActorRef<EncoderWorker.Command> worker = worker(new HashEncoder(gate), 2);
    TestProbe<EncoderWorker.Reply> probe = kit.createTestProbe();
    for (int i = 0; i < 2 + WAITING_MAX + 1; i++) {
      worker.tell(new EncoderWorker.Encode(batch("good"), probe.ref()));
    }
    assertThat(probe.expectMessageClass(EncoderWorker.Busy.class).batchesWaitingMax())
        .isEqualTo(WAITING_MAX);
    gate.countDown();
    for (int i = 0; i < 2 + WAITING_MAX; i++) {
      probe.expectMessageClass(EncoderWorker.Done.class);
    }
  }

  @Test
  void answersWhatWaitsWhenItStops() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    ActorRef<EncoderWorker.Command> worker = worker(new HashEncoder(gate), 1);
    TestProbe<EncoderWorker.Reply> probe = kit.createTestProbe();
    worker.tell(
        new EncoderWorker.Encode(batch("good"), kit.<EncoderWorker.Reply>createTestProbe().ref()));
    worker.tell(new EncoderWorker.Encode(batch("waits"), probe.ref()));
    Thread stopping = Thread.ofVirtual().start(() -> kit.stop(worker));
    assertThat(probe.expectMessageClass(EncoderWorker.Failed.class).reason()).contains("closed");
    gate.countDown();
    stopping.join();
  }

  @Test
  void closesItsEncoderWhenItStops() {
    HashEncoder encoder = new HashEncoder();
    ActorRef<EncoderWorker.Command> worker = worker(encoder, 2);
    kit.stop(worker);
    assertThat(encoder.closes).hasValue(1);
  }

  private static ActorRef<EncoderWorker.Command> worker(TextEncoder encoder, int inFlightMax) {
    return kit.spawn(
        EncoderWorker.create(
            encoder, new EncoderWorker.Settings(2, 1024, inFlightMax, WAITING_MAX)));
  }

  private static EncodeBatch batch(String... texts) {
    return new EncodeBatch(
        java.util.stream.IntStream.range(0, texts.length)
            .mapToObj(i -> CaptionEncoderTest.item(i + 1, texts[i]))
            .toList());
  }
}
