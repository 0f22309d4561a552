package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.llm.EndpointSnapshot.Limit;
import dev.alicorn.engine.llm.EndpointSnapshot.Source;
import dev.alicorn.engine.llm.Reservation.Granted;
import dev.alicorn.engine.llm.Reservation.Refused;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class EndpointPoolTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final EndpointSettings SETTINGS =
      Endpoints.at(URI.create("http://127.0.0.1:9/v1"));

  @Test
  void callsInFlightAreCapped() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 2);
    long first = pool.granted(Turn.FIRST);
    pool.granted(Turn.FIRST);
    CompletableFuture<Reservation> third = pool.reserve(Turn.FIRST);

    assertThat(third).isNotDone();
    assertThat(pool.look().waitsFor()).contains(WaitReason.IN_FLIGHT);
    pool.settle(first, Answers.OK);
    assertThat(third).isCompletedWithValueMatching(Granted.class::isInstance);
  }

  @Test
  void noCallIsMadeBeforeRetryAfter() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 4);
    pool.settle(pool.granted(Turn.FIRST), Answers.rateLimited(Duration.ofSeconds(20)));
    CompletableFuture<Reservation> next = pool.reserve(Turn.FIRST);

    pool.passTo(20 * SECOND - 1);
    assertThat(next).isNotDone();
    assertThat(pool.look().waitsFor()).contains(WaitReason.RETRY_AFTER);
    // The jitter is at most a twentieth of the wait.
    pool.passTo(21 * SECOND);
    assertThat(next).isDone();
  }

  @Test
  void resettingDoesNotCutAWaitThatTheEndpointAskedFor() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 4);
    long other = pool.granted(Turn.FIRST);
    pool.settle(pool.granted(Turn.FIRST), Answers.rateLimited(Duration.ofSeconds(20)));
    pool.settle(other, Answers.failed(FailureCause.UNAUTHORIZED, 401));
    pool.reset();

    assertThat(pool.reserve(Turn.FIRST)).isNotDone();
  }

  @Test
  void congestionTakesAQuarterOnce() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 40);
    List<Long> flight = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      flight.add(pool.granted(Turn.FIRST));
    }
    flight.forEach(call -> pool.settle(call, Answers.rateLimited(Duration.ofMillis(1))));

    assertThat(pool.look().inFlightLimit()).isEqualTo(new Limit(30, Source.LEARNED));

    pool.passTo(SECOND);
    for (int i = 0; i < 25; i++) {
      pool.settle(pool.granted(Turn.FIRST), Answers.OK);
    }
    assertThat(pool.look().inFlightLimit().value()).isEqualTo(31);
  }

  @ParameterizedTest
  @CsvSource({
    "UNAUTHORIZED, 401, endpoints.big.key",
    "OUT_OF_MONEY, 402, money",
    "NOT_FOUND, 404, endpoints.big.model"
  })
  void oneAnswerPutsTheEndpointOut(FailureCause cause, int status, String mend) {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 2);
    long first = pool.granted(Turn.FIRST);
    long second = pool.granted(Turn.FIRST);
    CompletableFuture<Reservation> waiting = pool.reserve(Turn.FIRST);
    CompletableFuture<Reservation> backingOff =
        pool.reserve(Turn.after(FailureCause.SERVER_ERROR, 3, "big"));

    pool.settle(first, Answers.failed(cause, status));

    for (CompletableFuture<Reservation> ask :
        List.of(waiting, backingOff, pool.reserve(Turn.FIRST))) {
      LlmAnswer.Unavailable why = ((Refused) ask.getNow(null)).why();
      assertThat(why.reason()).isEqualTo(PauseReason.ENDPOINT);
      assertThat(why.detail()).contains("endpoint big", "" + status, "it says so", mend);
    }
    pool.reset();
    pool.settle(second, Answers.failed(cause, status));
    assertThat(pool.reserve(Turn.FIRST))
        .as("an answer to a call from before the reset does not count")
        .isCompletedWithValueMatching(Granted.class::isInstance);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_ERROR", "UNKNOWN_OUTCOME", "CUT_BODY", "NOT_SENT"})
  void nothingButFailuresPutsItOutAfterAWhile(FailureCause cause) {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 4);
    Optional<LlmAnswer.Unavailable> out = Optional.empty();
    while (out.isEmpty() && pool.now() < 300 * SECOND) {
      CompletableFuture<Reservation> ask = pool.reserve(Turn.FIRST);
      if (!ask.isDone()) {
        pool.passTo(pool.wakeAt());
      }
      switch (ask.join()) {
        case Granted(_, long call, _) -> pool.settle(call, Answers.failed(cause, 0));
        case Refused(LlmAnswer.Unavailable why) -> out = Optional.of(why);
      }
      pool.passTo(pool.now() + SECOND);
    }

    assertThat(out.orElseThrow().detail()).contains("nothing but failures", cause.key());
    assertThat(pool.now()).isBetween(60 * SECOND, 125 * SECOND);
  }

  @Test
  void refusalsWithoutASuccessBetweenThemPutItOutAtTheTwentieth() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 4);
    for (int i = 0; i < 20; i++) {
      assertThat(pool.look().out()).as("before call %s", i).isEmpty();
      pool.settle(pool.granted(Turn.FIRST), Answers.failed(FailureCause.REFUSED_REQUEST, 400));
    }
    assertThat(pool.look().out().orElseThrow())
        .contains("nothing but failures", "20 calls", "refused_request 400");
  }

  @Test
  void oneSuccessEndsTheCountOfFailures() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 4);
    for (int i = 0; i < 300; i++) {
      pool.passTo(i * SECOND);
      pool.settle(
          pool.granted(Turn.FIRST),
          i % 3 == 0 ? Answers.OK : Answers.failed(FailureCause.REFUSED_REQUEST, 400));
    }
    assertThat(pool.look().out()).isEmpty();
  }

  @Test
  void theBreakerOpensAtHalfOfTwentyAndLetsOneProbeThrough() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 4);
    for (int i = 0; i < 20; i++) {
      assertThat(pool.look().waitsFor()).as("before call %s", i).isEmpty();
      pool.settle(
          pool.granted(Turn.FIRST),
          i % 2 == 0 ? Answers.OK : Answers.failed(FailureCause.SERVER_ERROR, 503));
    }
    CompletableFuture<Reservation> probe = pool.reserve(Turn.FIRST);
    CompletableFuture<Reservation> behind = pool.reserve(Turn.FIRST);
    assertThat(probe).isNotDone();
    assertThat(pool.look().waitsFor()).contains(WaitReason.ENDPOINT_DOWN);

    pool.passTo(SECOND);
    assertThat(probe).isDone();
    assertThat(behind).isNotDone();
    pool.settle(((Granted) probe.join()).call(), Answers.OK);
    assertThat(behind).isDone();
  }

  @Test
  void retriesBackOffAndWaitForTheirBudget() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 100);
    List<CompletableFuture<Reservation>> retries = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      retries.add(pool.reserve(Turn.after(FailureCause.SERVER_ERROR, 1, "big")));
    }
    assertThat(pool.look().waitsFor()).contains(WaitReason.BACKOFF);

    pool.passTo(SECOND);
    assertThat(retries).filteredOn(CompletableFuture::isDone).hasSize(10);
    assertThat(pool.look().waitsFor()).contains(WaitReason.RETRY_BUDGET);
    assertThat(pool.reserve(Turn.FIRST)).as("first tries pass the retries by").isDone();
    pool.passTo(61 * SECOND + SECOND / 5);
    assertThat(retries).allMatch(CompletableFuture::isDone);
  }

  @Test
  void repeatsOfWhatMayHaveBeenBilledDoNotWaitForTheRetryBudget() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 100);
    List<CompletableFuture<Reservation>> retries = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      retries.add(pool.reserve(Turn.after(FailureCause.SERVER_ERROR, 1, "big")));
    }
    pool.passTo(SECOND);
    List<CompletableFuture<Reservation>> repeats =
        List.of(
            pool.reserve(Turn.after(FailureCause.UNKNOWN_OUTCOME, 1, "big")),
            pool.reserve(Turn.after(FailureCause.CUT_BODY, 1, "big")),
            pool.reserve(new Turn(1, Optional.empty(), Optional.of("big"))));

    pool.passTo(2 * SECOND);
    assertThat(repeats).allMatch(CompletableFuture::isDone);
    assertThat(retries).filteredOn(CompletableFuture::isDone).hasSize(10);
    assertThat(pool.look().retriesLastMinute()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_SENT", "RATE_LIMITED"})
  void whatTheEndpointNeverTookOnIsNoRetry(FailureCause cause) {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 100);
    for (int i = 0; i < 30; i++) {
      pool.granted(Turn.after(cause, 0, "big"));
    }
    assertThat(pool.look().retriesLastMinute()).isZero();
  }

  @Test
  void aJobsOwnRefusalIsAskedForAtEachReservation() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 1);
    List<LlmAnswer.Unavailable> refusals = new ArrayList<>();
    Admission admission = () -> refusals.stream().findFirst();
    long running = ((Granted) pool.reserve(Turn.FIRST, admission).join()).call();
    CompletableFuture<Reservation> waiting = pool.reserve(Turn.FIRST, admission);
    CompletableFuture<Reservation> otherJob = pool.reserve(Turn.FIRST);
    LlmAnswer.Unavailable broke = new LlmAnswer.Unavailable(PauseReason.BUDGET, "money is spent");
    refusals.add(broke);

    pool.run(new EndpointPool.Recheck());

    assertThat(waiting).isCompletedWithValue(new Refused(broke));
    assertThat(otherJob).isNotDone();
    pool.settle(running, Answers.OK);
    assertThat(otherJob).isDone();
    assertThat(pool.reserve(Turn.FIRST, admission)).isCompletedWithValue(new Refused(broke));
  }

  @Test
  void aDroppedCallGivesItsPlaceBack() {
    PoolOnVirtualTime pool = pool(OptionalLong.of(1), 1);
    long call = pool.granted(Turn.FIRST);
    pool.drop(call);

    assertThat(pool.look().inFlight()).isZero();
    assertThat(pool.look().callsLastMinute()).isZero();
    assertThat(pool.reserve(Turn.FIRST)).isDone();
  }

  @Test
  void aReservationThatNobodySettlesExpires() {
    PoolOnVirtualTime pool = pool(OptionalLong.empty(), 1);
    long lost = pool.granted(Turn.FIRST);
    CompletableFuture<Reservation> next = pool.reserve(Turn.FIRST);

    pool.passTo(Endpoints.DEADLINE.plusSeconds(5).toNanos());
    assertThat(next).isDone();
    pool.settle(lost, Answers.OK);
    assertThat(pool.look().inFlight()).isEqualTo(1);
  }

  @Test
  void theSnapshotNamesLimitsAndTheirSource() {
    PoolOnVirtualTime pool = pool(OptionalLong.of(60), 8);
    pool.granted(Turn.FIRST);
    CompletableFuture<Reservation> behind = pool.reserve(Turn.FIRST);

    EndpointSnapshot seen = pool.look();

    assertThat(behind).isNotDone();
    assertThat(seen.endpoint()).isEqualTo("big");
    assertThat(seen.inFlight()).isEqualTo(1);
    assertThat(seen.inFlightLimit()).isEqualTo(new Limit(8, Source.CONFIG));
    assertThat(seen.requestsPerMinute()).contains(new Limit(60, Source.CONFIG));
    assertThat(seen.tokensPerMinute()).isEmpty();
    assertThat(seen.waiting()).isEqualTo(1);
    assertThat(seen.waitsFor()).contains(WaitReason.REQUESTS_PER_MINUTE);
    assertThat(seen.waits().orElseThrow()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
  }

  @Test
  void whoeverWaitsIsAnsweredWhenThePoolStops() {
    ActorTestKit kit = ActorTestKit.create();
    try {
      var pool = kit.spawn(EndpointPool.of(List.of(oneAtATime()), System::nanoTime, 1));
      CompletableFuture<Reservation> first = new CompletableFuture<>();
      CompletableFuture<Reservation> second = new CompletableFuture<>();
      for (CompletableFuture<Reservation> reply : List.of(first, second)) {
        pool.tell(
            new EndpointPool.Reserve(
                new Wish(
                    new CallFlow("job", 1, "caption", Team.of("big")),
                    Tokens.NONE,
                    Turn.FIRST,
                    Admission.ALWAYS,
                    reply::complete)));
      }

      assertThat(first.join()).isInstanceOf(Granted.class);
      // A look comes behind both wishes, so that the second waits in the pool and not before it.
      CompletableFuture<EndpointSnapshot> look = new CompletableFuture<>();
      pool.tell(new EndpointPool.Look("big", look));
      assertThat(look.join().waiting()).isEqualTo(1);
      kit.stop(pool);
      assertThat(second.join()).isInstanceOf(Refused.class);
    } finally {
      kit.shutdownTestKit();
    }
  }

  private static EndpointSettings oneAtATime() {
    return Endpoints.withLimits(SETTINGS, OptionalLong.empty(), OptionalLong.empty(), 1);
  }

  private static PoolOnVirtualTime pool(OptionalLong requestsPerMinute, int inFlightMax) {
    return new PoolOnVirtualTime(
        Endpoints.withLimits(SETTINGS, requestsPerMinute, OptionalLong.empty(), inFlightMax), 1);
  }
}
