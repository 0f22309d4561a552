package dev.alicorn.gpuworker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.EncodeBatch;
import dev.alicorn.protocol.EncodedBatch;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.EncoderMessage;
import dev.alicorn.protocol.EncoderMessage.BatchEncoded;
import dev.alicorn.protocol.EncoderMessage.BatchSent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.delivery.ConsumerController;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pool with workers that do as the test says, on a clock that the test moves.
class EncoderPoolTest {
  private static final int WINDOW_TOKENS = 6_000;
  private static final int DIMENSION = 4;
  private static final EncoderDescription ENCODER =
      new EncoderDescription("clip", ContentHash.of("clip"), DIMENSION, 77, true, true);
  private static final EncoderDescription OTHER =
      new EncoderDescription("clip", ContentHash.of("other"), DIMENSION, 77, true, true);

  private ActorTestKit kit;
  private ManualTime time;
  private TestProbe<WorkerFleet.Command> fleet;
  private TestProbe<EncoderPool.Reply> replies;
  private ActorRef<EncoderPool.Command> pool;
  private ActorRef<EncoderMessage.ToPool> toPool;
  private String name;

  @BeforeEach
  void start() {
    kit = ActorTestKit.create(ManualTime.config());
    time = ManualTime.get(kit.system());
    fleet = kit.createTestProbe();
    replies = kit.createTestProbe();
    name = "clip-" + UUID.randomUUID();
    pool =
        kit.spawn(
            EncoderPool.create(
                new PoolSettings(name, "start one", true, 3, 10, 20, 30),
                _ ->
                    Behaviors.receiveMessage(command -> {
                      fleet.ref().tell(command);
                      return Behaviors.same();
                    })));
    TestProbe<Receptionist.Listing> listings = kit.createTestProbe();
    kit.system().receptionist().tell(Receptionist.subscribe(Keys.pool(name), listings.ref()));
    Set<ActorRef<EncoderMessage.ToPool>> found = Set.of();
    while (found.isEmpty()) {
      found = listings.receiveMessage().getServiceInstances(Keys.pool(name));
    }
    toPool = found.iterator().next();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void isReadyWithTheFirstWorker() {
    TestProbe<EncoderPool.Opening> opening = open();
    fleet.expectMessageClass(WorkerFleet.Begin.class);
    opening.expectNoMessage(Duration.ZERO);
    admit("a", ENCODER);
    assertThat(opening.receiveMessage()).isEqualTo(new EncoderPool.Opened(ENCODER, WINDOW_TOKENS));
  }

  @Test
  void saysWhatIsMissingWhereNoWorkerComes() {
    TestProbe<EncoderPool.Opening> opening = open();
    pass(20);
    assertThat(opening.receiveMessage())
        .isEqualTo(new EncoderPool.Unavailable("encoder " + name + " has no worker; start one"));
  }

  @Test
  void refusesAnotherEncoderThanTheOthersHave() {
    admit("a", ENCODER);
    assertThat(offer("b", OTHER).receiveMessage())
        .isInstanceOfSatisfying(
            EncoderMessage.WorkerRefused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo(
                        "worker b has encoder clip (%s), and the others of encoder %s have clip (%s); give it the same model",
                        OTHER.hash().hex().substring(0, 12),
                        name,
                        ENCODER.hash().hex().substring(0, 12)));
  }

  @Test
  void aJobGetsNoVectorsOfAnotherEncoderThanItsOwn() {
    admit("a", ENCODER).stop();
    fleet.expectMessage(new WorkerFleet.Lost("a"));
    // Nobody has the first one any more, and nothing waits for it.
    admit("b", OTHER);
    assertThat(open().receiveMessage()).isEqualTo(new EncoderPool.Opened(OTHER, WINDOW_TOKENS));
    encode(1);
    assertThat(replies.expectMessageClass(EncoderPool.Unavailable.class).reason())
        .startsWith("the workers of encoder " + name + " have clip (")
        .endsWith("; start workers with that, and resume the job");
  }

  @Test
  void answersABatchOnceHoweverOftenItIsDone() {
    admit("a", ENCODER);
    Consumer a = consumer();
    encode(1);
    BatchSent sent = a.receive();
    a.confirm();
    done("a", sent);
    done("a", sent);
    assertThat(replies.expectMessageClass(EncoderPool.Done.class).batch().results()).hasSize(1);
    replies.expectNoMessage(Duration.ZERO);
    fleet.expectMessageClass(WorkerFleet.Worked.class);
  }

  @Test
  void sendsWhatALostWorkerHadToAnother() {
    admit("a", ENCODER);
    Consumer a = consumer();
    encode(1);
    BatchSent sent = a.receive();
    Consumer b = consumer();
    a.stop();
    assertThat(b.receive()).isEqualTo(sent);
    done("b", sent);
    replies.expectMessageClass(EncoderPool.Done.class);
  }

  @Test
  void sendsAgainWhatIsNotAnsweredAndThenGivesUp() {
    admit("a", ENCODER);
    Consumer a = consumer();
    encode(1);
    BatchSent sent = a.receive();
    for (int repeat = 2; repeat <= PendingBatches.SENDS_MAX; repeat++) {
      a.confirm();
      pass(10);
      assertThat(a.receive()).isEqualTo(sent);
    }
    pass(10);
    assertThat(replies.expectMessageClass(EncoderPool.Unavailable.class).reason())
        .contains("no answer to a batch within 10 s, 3 times");
  }

  @Test
  void anAnswerThatDoesNotFitCountsForNothing() {
    admit("a", ENCODER);
    Consumer a = consumer();
    encode(1);
    BatchSent sent = a.receive();
    toPool.tell(new BatchEncoded("a", sent.batch(), new EncodedBatch(List.of())));
    replies.expectNoMessage(Duration.ZERO);
    done("a", sent);
    replies.expectMessageClass(EncoderPool.Done.class);
  }

  @Test
  void refusesMoreThanItMayOwe() {
    admit("a", ENCODER);
    for (int record = 1; record <= 4; record++) {
      encode(record);
    }
    assertThat(replies.expectMessageClass(EncoderPool.Unavailable.class).reason())
        .isEqualTo("3 batches wait for encoder " + name + " already; run fewer jobs");
  }

  @Test
  void isOutWhenWorkersKeepEndingUntilItIsOpenedAgain() {
    admit("a", ENCODER);
    encode(1);
    for (int end = 0; end < 3; end++) {
      pool.tell(ended("worker 1 ended with status 137"));
    }
    String reason =
        "the workers of encoder %s ended 3 times in a row without a batch done (worker 1 ended with status 137); mend that, and resume the job"
            .formatted(name);
    assertThat(replies.receiveMessage()).isEqualTo(new EncoderPool.Unavailable(reason));
    fleet.expectMessageClass(WorkerFleet.Halt.class);
    encode(2);
    assertThat(replies.receiveMessage()).isEqualTo(new EncoderPool.Unavailable(reason));

    assertThat(open().receiveMessage()).isEqualTo(new EncoderPool.Opened(ENCODER, WINDOW_TOKENS));
    fleet.expectMessageClass(WorkerFleet.Begin.class);
    encode(3);
    done("a", consumer().receive());
    replies.expectMessageClass(EncoderPool.Done.class);
  }

  @Test
  void isOutAtOnceWhenItsOnlyWorkerSaysThatItCannotBeHad() {
    TestProbe<EncoderPool.Opening> opening = open();
    fleet.expectMessageClass(WorkerFleet.Begin.class);
    String sentence = "there is no device; kind = onnx runs the encoder on the CPU";
    pool.tell(refused(sentence));
    assertThat(opening.receiveMessage()).isEqualTo(new EncoderPool.Unavailable(sentence));
    fleet.expectMessageClass(WorkerFleet.Halt.class);
  }

  @Test
  void goesOnWithItsOtherWorkersWhenOneSaysThatItCannotBeHad() {
    admit("a", ENCODER);
    pool.tell(refused("there is no second device"));
    encode(1);
    done("a", consumer().receive());
    replies.expectMessageClass(EncoderPool.Done.class);
  }

  @Test
  void aBatchDoneBetweenTwoEndsBeginsTheCountAnew() {
    admit("a", ENCODER);
    Consumer a = consumer();
    for (int round = 1; round <= 4; round++) {
      pool.tell(ended("it ended"));
      pool.tell(ended("it ended"));
      encode(round);
      BatchSent sent = a.receive();
      a.confirm();
      done("a", sent);
      replies.expectMessageClass(EncoderPool.Done.class);
    }
  }

  @Test
  void isOutWhenBatchesWaitTooLongWithoutAWorker() {
    TestProbe<EncoderMessage.ToWorker> a = admit("a", ENCODER);
    a.stop();
    fleet.expectMessage(new WorkerFleet.Lost("a"));
    encode(1);
    pass(30);
    assertThat(replies.expectMessageClass(EncoderPool.Unavailable.class).reason())
        .isEqualTo("encoder " + name + " has no worker; start one");
  }

  @Test
  void answersAllThatWaitWhenItStops() {
    admit("a", ENCODER);
    encode(1);
    encode(2);
    // It has taken both by the time that it answers this.
    assertThat(open().receiveMessage()).isEqualTo(new EncoderPool.Opened(ENCODER, WINDOW_TOKENS));
    kit.stop(pool);
    replies.expectMessageClass(EncoderPool.Unavailable.class);
    replies.expectMessageClass(EncoderPool.Unavailable.class);
  }

  private TestProbe<EncoderPool.Opening> open() {
    TestProbe<EncoderPool.Opening> opening = kit.createTestProbe();
    pool.tell(new EncoderPool.Open(Duration.ofMinutes(1), opening.ref()));
    return opening;
  }

  private TestProbe<EncoderMessage.ToWorker> admit(String worker, EncoderDescription encoder) {
    TestProbe<EncoderMessage.ToWorker> verdict = offer(worker, encoder);
    verdict.expectMessageClass(EncoderMessage.WorkerAdmitted.class);
    return verdict;
  }

  private TestProbe<EncoderMessage.ToWorker> offer(String worker, EncoderDescription encoder) {
    TestProbe<EncoderMessage.ToWorker> verdict = kit.createTestProbe();
    toPool.tell(
        new EncoderMessage.WorkerOffered(
            worker,
            encoder,
            WINDOW_TOKENS,
            ActorRefResolver.get(kit.system()).toSerializationFormat(verdict.ref())));
    return verdict;
  }

  private static EncoderPool.Command ended(String how) {
    return new EncoderPool.WorkerEnded(new WorkerProcess.Ending(how, Optional.empty()));
  }

  private static EncoderPool.Command refused(String sentence) {
    return new EncoderPool.WorkerEnded(
        new WorkerProcess.Ending("worker 1 ended with status 3", Optional.of(sentence)));
  }

  private void encode(long record) {
    pool.tell(
        new EncoderPool.Encode(
            new EncodeBatch(List.of(BatchPartsTest.item(record, "a kite"))),
            ENCODER,
            replies.ref()));
  }

  private void done(String worker, BatchSent sent) {
    toPool.tell(
        new BatchEncoded(worker, sent.batch(), BatchPartsTest.answer(sent.captions(), DIMENSION)));
  }

  private Consumer consumer() {
    TestProbe<ConsumerController.Delivery<BatchSent>> probe = kit.createTestProbe();
    ActorRef<ConsumerController.Command<BatchSent>> controller =
        kit.spawn(ConsumerController.create(Keys.work(name)));
    controller.tell(new ConsumerController.Start<>(probe.ref()));
    return new Consumer(controller, probe);
  }

  /// Seconds, one by one.
  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      time.timePasses(Duration.ofSeconds(1));
    }
  }

  /// One consumer of a worker.
  private final class Consumer {
    private final ActorRef<ConsumerController.Command<BatchSent>> controller;
    private final TestProbe<ConsumerController.Delivery<BatchSent>> deliveries;
    private Optional<ConsumerController.Delivery<BatchSent>> last = Optional.empty();

    Consumer(
        ActorRef<ConsumerController.Command<BatchSent>> controller,
        TestProbe<ConsumerController.Delivery<BatchSent>> deliveries) {
      this.controller = controller;
      this.deliveries = deliveries;
    }

    BatchSent receive() {
      last = Optional.of(deliveries.receiveMessage());
      return last.get().message();
    }

    void confirm() {
      last.orElseThrow().confirmTo().tell(ConsumerController.confirmed());
    }

    void stop() {
      kit.stop(controller);
    }
  }
}
