package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.llm.EndpointSnapshot.Limit;
import dev.alicorn.engine.llm.EndpointSnapshot.Source;
import dev.alicorn.engine.llm.Reservation.Granted;
import dev.alicorn.engine.llm.Reservation.Refused;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Several endpoints, several jobs.
final class CallSchedulerTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Team TEAM = new Team("team", List.of("a", "b"));
  private static final CallFlow CAPTIONS = new CallFlow("job", 1, "caption", TEAM);
  private static final CallFlow ALONE = new CallFlow("job", 1, "caption", Team.of("a"));

  private final List<String> said = new ArrayList<>();

  @Test
  void endpointsThatCanTakeCallsShareThemByWeight() {
    CallScheduler scheduler = scheduler(settings("a", 3, 100), settings("b", 1, 100));
    for (int i = 0; i < 40; i++) {
      ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    }

    assertThat(Collections.frequency(said, "a")).isEqualTo(30);
    assertThat(Collections.frequency(said, "b")).isEqualTo(10);
  }

  @Test
  void aFullEndpointLeavesItsShareToTheOther() {
    CallScheduler scheduler = scheduler(settings("a", 100, 2), settings("b", 1, 5));
    for (int i = 0; i < 9; i++) {
      ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    }

    assertThat(said).containsExactlyInAnyOrder("a", "a", "b", "b", "b", "b", "b");
  }

  @Test
  void whatWaitsForAnEndpointThatGoesDownGoesToTheOther() {
    CallScheduler scheduler = scheduler(settings("a", 1, 1), settings("b", 1, 1));
    ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    assertThat(said).containsExactly("a", "b");

    settle(scheduler, "a", 0, Answers.failed(FailureCause.NOT_SENT, 0), 0);
    assertThat(said).as("the breaker of a is open").containsExactly("a", "b");
    settle(scheduler, "b", 0, Answers.OK, 0);
    assertThat(said).containsExactly("a", "b", "b");
  }

  @Test
  void aRetryGoesElsewhere() {
    CallScheduler scheduler = scheduler(settings("a", 1, 9), settings("b", 1, 9));
    ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    settle(scheduler, "a", 0, Answers.failed(FailureCause.UNKNOWN_OUTCOME, 0), 0);
    for (int i = 0; i < 4; i++) {
      ask(scheduler, CAPTIONS, Turn.after(FailureCause.UNKNOWN_OUTCOME, 1, "a"), 0);
    }
    scheduler.wake(2 * SECOND);

    assertThat(said).containsExactly("a", "b", "b", "b", "b");
  }

  @Test
  void aRetryGoesBackWhereThereIsNoOther() {
    CallScheduler scheduler = scheduler(settings("a", 1, 9), settings("b", 1, 9));
    ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    settle(scheduler, "b", 0, Answers.failed(FailureCause.UNAUTHORIZED, 401), 0);
    settle(scheduler, "a", 0, Answers.failed(FailureCause.SERVER_ERROR, 500), 0);
    ask(scheduler, CAPTIONS, Turn.after(FailureCause.SERVER_ERROR, 1, "a"), 0);
    scheduler.wake(2 * SECOND);

    assertThat(said).containsExactly("a", "b", "a");
  }

  @Test
  void anEndpointThatIsOutIsProbedOnceAMinuteAndComesBack() {
    CallScheduler scheduler = scheduler(settings("a", 1, 9), settings("b", 1, 9));
    ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    Optional<String> out =
        settle(scheduler, "a", 0, Answers.failed(FailureCause.UNAUTHORIZED, 401), 0);
    assertThat(out.orElseThrow()).contains("endpoint a", "endpoints.a.key");
    ask(scheduler, CAPTIONS, Turn.FIRST, 59 * SECOND);
    ask(scheduler, CAPTIONS, Turn.FIRST, 61 * SECOND);
    ask(scheduler, CAPTIONS, Turn.FIRST, 61 * SECOND);
    ask(scheduler, CAPTIONS, Turn.FIRST, 61 * SECOND);
    assertThat(said).as("one probe").containsExactly("a", "b", "a", "b", "b");

    settle(scheduler, "a", 1, Answers.failed(FailureCause.UNAUTHORIZED, 401), 62 * SECOND);
    ask(scheduler, CAPTIONS, Turn.FIRST, 121 * SECOND);
    ask(scheduler, CAPTIONS, Turn.FIRST, 123 * SECOND);
    settle(scheduler, "a", 2, Answers.OK, 124 * SECOND);
    said.clear();
    ask(scheduler, CAPTIONS, Turn.FIRST, 124 * SECOND);
    ask(scheduler, CAPTIONS, Turn.FIRST, 124 * SECOND);
    assertThat(said).containsExactlyInAnyOrder("a", "b");
    assertThat(scheduler.snapshot("a", 124 * SECOND).out()).isEmpty();
  }

  @Test
  void whenAllAreOutTheSentenceNamesEach() {
    CallScheduler scheduler = scheduler(settings("a", 1, 1), settings("b", 1, 1));
    ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    ask(scheduler, CAPTIONS, Turn.FIRST, 0);
    settle(scheduler, "a", 0, Answers.failed(FailureCause.UNAUTHORIZED, 401), 0);
    assertThat(said).hasSize(2);
    settle(scheduler, "b", 0, Answers.failed(FailureCause.OUT_OF_MONEY, 402), 0);

    assertThat(said).hasSize(3);
    assertThat(said.getLast())
        .contains("pool team", "endpoint a", "endpoints.a.key", "endpoint b", "money");
    ask(scheduler, CAPTIONS, Turn.FIRST, 100 * SECOND);
    assertThat(said.getLast()).as("nobody probes what would pause anyway").contains("pool team");
    scheduler.reset("b", 101 * SECOND);
    ask(scheduler, CAPTIONS, Turn.FIRST, 101 * SECOND);
    assertThat(said.getLast()).isEqualTo("a");
  }

  @Test
  void jobsShareAnEndpointByWeightAndStepsOfAJobTakeTurns() {
    CallScheduler scheduler = scheduler(settings("a", 1, 1));
    Team alone = Team.of("a");
    List<CallFlow> flows =
        List.of(
            new CallFlow("heavy", 3, "caption", alone),
            new CallFlow("light", 1, "caption", alone),
            new CallFlow("light", 1, "instruct", alone));
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      for (CallFlow flow : flows) {
        scheduler.ask(
            new Wish(
                flow,
                Tokens.NONE,
                Turn.FIRST,
                Admission.ALWAYS,
                _ -> order.add(flow.job() + " " + flow.step())),
            0);
      }
    }
    for (int call = 0; call < 79; call++) {
      settle(scheduler, "a", call, Answers.OK, 0);
    }

    assertThat(order).hasSize(80);
    assertThat(Collections.frequency(order, "heavy caption")).isBetween(59, 61);
    assertThat(Collections.frequency(order, "light caption")).isBetween(9, 11);
    assertThat(Collections.frequency(order, "light instruct")).isBetween(9, 11);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000000, INPUT_TOKENS_PER_MINUTE", "1000000, 1000, OUTPUT_TOKENS_PER_MINUTE"})
  void inputAndOutputAreLimitedApart(long input, long output, WaitReason reason) {
    CallScheduler scheduler =
        scheduler(
            Endpoints.withLimits(
                settings("a", 1, 99),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(input),
                OptionalLong.of(output),
                99));
    for (long now = 0; now < 60 * SECOND; now += SECOND) {
      ask(scheduler, ALONE, Turn.FIRST, now);
    }

    assertThat(said).as("calls of 100 tokens in and 100 out").hasSize(9);
    assertThat(scheduler.snapshot("a", 60 * SECOND).waitsFor()).contains(reason);
  }

  @Test
  void aWindowThatOthersUsedUpIsWaitedForEvenAfterASuccess() {
    CallScheduler scheduler = scheduler(settings("a", 1, 99));
    ask(scheduler, ALONE, Turn.FIRST, 0);
    settle(scheduler, "a", 0, exhausted(10), 0);
    ask(scheduler, ALONE, Turn.FIRST, 0);
    scheduler.wake(60 * SECOND - 1);
    assertThat(said).hasSize(1);
    assertThat(scheduler.snapshot("a", 60 * SECOND - 1).waitsFor())
        .contains(WaitReason.RETRY_AFTER);

    scheduler.wake(64 * SECOND);
    assertThat(said).hasSize(2);
  }

  @Test
  void aWindowThatWeUsedUpOurselvesIsNotWaitedFor() {
    CallScheduler scheduler = scheduler(settings("a", 1, 99));
    for (long call = 0; call < 10; call++) {
      ask(scheduler, ALONE, Turn.FIRST, call * 6 * SECOND);
      settle(scheduler, "a", call, call == 9 ? exhausted(10) : Answers.OK, call * 6 * SECOND);
    }
    ask(scheduler, ALONE, Turn.FIRST, 54 * SECOND);
    assertThat(said).hasSize(10);
    scheduler.wake(61 * SECOND);

    assertThat(said).as("the first call is a minute old").hasSize(11);
    assertThat(scheduler.snapshot("a", 61 * SECOND).requestsPerMinute())
        .contains(new Limit(10, Source.HEADER));
  }

  /// A reply that says that nothing is left of so many requests, for a minute.
  private static LlmAnswer.Attempt exhausted(long requests) {
    LimitSignals.Window window =
        new LimitSignals.Window(
            OptionalLong.of(requests), OptionalLong.of(0), Optional.of(Duration.ofSeconds(60)));
    return new LlmAnswer.Replied(
        Bytes.EMPTY,
        new LimitSignals(Optional.empty(), Optional.of(window), Optional.empty()),
        Duration.ZERO);
  }

  private static CallScheduler scheduler(EndpointSettings... endpoints) {
    return new CallScheduler(List.of(endpoints), new SplittableRandom(1), 0);
  }

  private static EndpointSettings settings(String name, int weight, int inFlightMax) {
    return Endpoints.withLimits(
        Endpoints.named(Endpoints.at(URI.create("http://127.0.0.1:9/v1")), name, weight),
        OptionalLong.empty(),
        OptionalLong.empty(),
        inFlightMax);
  }

  private void ask(CallScheduler scheduler, CallFlow flow, Turn turn, long now) {
    scheduler.ask(
        new Wish(
            flow,
            new Tokens(100, 100),
            turn,
            Admission.ALWAYS,
            reservation ->
                said.add(
                    switch (reservation) {
                      case Granted granted -> granted.endpoint();
                      case Refused(LlmAnswer.Unavailable why) -> why.detail();
                    })),
        now);
  }

  private static Optional<String> settle(
      CallScheduler scheduler, String endpoint, long call, LlmAnswer.Attempt attempt, long now) {
    return scheduler.settle(endpoint, call, attempt, Optional.empty(), now);
  }
}
