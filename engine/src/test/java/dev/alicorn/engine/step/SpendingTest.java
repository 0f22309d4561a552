package dev.alicorn.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.judge.Tasks;
import dev.alicorn.engine.ledger.Ledger;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JobSpec.Budget;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SpendingTest {
  private static final Price PRICE =
      new Price(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TWO, "USD");

  @Test
  void callsNeverPassTheCapHoweverManyAsk() {
    Spending spending =
        spending(new Budget(Optional.empty(), OptionalLong.empty(), OptionalLong.of(10)));
    List<CompletableFuture<Optional<String>>> asked = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      asked.add(spending.reserve(cost(100)).toCompletableFuture());
    }
    assertThat(granted(asked)).isEqualTo(10);
    assertThat(asked).filteredOn(CompletableFuture::isDone).hasSize(10);

    for (int i = 0; i < 9; i++) {
      spending.settle(cost(100), replied(50, 50));
    }
    assertThat(asked)
        .as("one is still in flight")
        .filteredOn(CompletableFuture::isDone)
        .hasSize(10);
    spending.settle(cost(100), replied(50, 50));
    assertThat(asked).allMatch(CompletableFuture::isDone);
    assertThat(granted(asked)).isEqualTo(10);
    assertThat(asked.getLast().join().orElseThrow())
        .startsWith("budget.calls: 10 calls are made and the cap is 10; raise the cap");
  }

  @Test
  void aCallThatWasNeverMadeMakesRoomForAnother() {
    Spending spending =
        spending(new Budget(Optional.empty(), OptionalLong.empty(), OptionalLong.of(1)));
    assertThat(spending.reserve(cost(1)).toCompletableFuture().join()).isEmpty();
    CompletableFuture<Optional<String>> second = spending.reserve(cost(1)).toCompletableFuture();
    assertThat(second).isNotDone();
    spending.release(cost(1));
    assertThat(second.join()).isEmpty();

    CompletableFuture<Optional<String>> third = spending.reserve(cost(1)).toCompletableFuture();
    spending.settle(cost(1), failed(FailureCause.NOT_SENT));
    assertThat(third.join()).isEmpty();
    CompletableFuture<Optional<String>> fourth = spending.reserve(cost(1)).toCompletableFuture();
    spending.settle(cost(1), failed(FailureCause.SERVER_ERROR));
    assertThat(fourth.join()).isPresent();
  }

  @Test
  void tokensAndMoneyAreCountedAsTheCallsInFlightMayCost() {
    Spending tokens =
        spending(new Budget(Optional.empty(), OptionalLong.of(1_000), OptionalLong.empty()));
    assertThat(tokens.reserve(cost(600)).toCompletableFuture().join()).isEmpty();
    CompletableFuture<Optional<String>> waits = tokens.reserve(cost(600)).toCompletableFuture();
    assertThat(waits)
        .as("settled is nothing, but with the first in flight it is too much")
        .isNotDone();
    tokens.settle(cost(600), replied(100, 100));
    assertThat(waits.join()).isEmpty();
    tokens.settle(cost(600), replied(200, 200));
    assertThat(tokens.reserve(cost(600)).toCompletableFuture().join().orElseThrow())
        .startsWith(
            "budget.tokens: 600 tokens are used, the next call may take 600 and the cap is 1000");
    assertThat(tokens.reserve(cost(400)).toCompletableFuture().join()).isEmpty();

    Spending money =
        spending(
            new Budget(
                Optional.of(new BigDecimal("0.001")), OptionalLong.empty(), OptionalLong.empty()));
    money.settle(Cost.NOTHING, replied(300, 300));
    assertThat(money.reserve(cost(200)).toCompletableFuture().join().orElseThrow())
        .startsWith(
            "budget.money: 0.0009 is spent, the next call may cost 0.0002 and the cap is 0.001");
  }

  @Test
  void whateverComesNoCapIsPassedByMoreThanCallsCostAboveTheirEstimate() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      long cap = random.nextLong(1, 5_000);
      Spending spending =
          spending(new Budget(Optional.empty(), OptionalLong.of(cap), OptionalLong.empty()));
      List<CompletableFuture<Optional<String>>> waiting = new ArrayList<>();
      List<Cost> costs = new ArrayList<>();
      long above = 0;
      int settled = 0;
      while (settled < 100 && waiting.stream().noneMatch(SpendingTest::refused)) {
        if (random.nextInt(3) > 0) {
          Cost most = cost(random.nextLong(1, 400));
          costs.add(most);
          waiting.add(spending.reserve(most).toCompletableFuture());
        }
        for (int i = 0; i < waiting.size(); i++) {
          if (waiting.get(i).isDone() && !refused(waiting.get(i)) && random.nextBoolean()) {
            Cost most = costs.remove(i);
            waiting.remove(i);
            long billed = random.nextLong(1, 450);
            above += Math.max(0, billed - most.tokens());
            spending.settle(most, replied(billed, 0));
            settled++;
            break;
          }
        }
        assertThat(waiting.isEmpty() || waiting.stream().anyMatch(CompletableFuture::isDone))
            .as("seed %d, round %d: whoever waits has one in flight before it", seed, round)
            .isTrue();
      }
      for (int i = 0; i < waiting.size(); i++) {
        if (waiting.get(i).isDone() && !refused(waiting.get(i))) {
          spending.settle(costs.get(i), replied(costs.get(i).tokens(), 0));
        }
      }
      assertThat(spending.statement().usage().total())
          .as("seed %d, round %d", seed, round)
          .isLessThanOrEqualTo(cap + above);
    }
  }

  @Test
  void withoutACapEverythingIsGranted() {
    Spending spending = spending(Budget.UNLIMITED);
    for (int i = 0; i < 1_000; i++) {
      assertThat(spending.reserve(cost(1_000_000)).toCompletableFuture().join()).isEmpty();
    }
  }

  private static boolean refused(CompletableFuture<Optional<String>> answer) {
    return answer.isDone() && answer.join().isPresent();
  }

  private static long granted(List<CompletableFuture<Optional<String>>> asked) {
    return asked.stream().filter(answer -> answer.isDone() && answer.join().isEmpty()).count();
  }

  private static Spending spending(Budget budget) {
    return new Spending(
        budget,
        new Ledger(
            Bindings.none(Tasks.JOB)
                .with(
                    new EndpointBound(
                        "e", WireFormat.OPENAI_CHAT, "m", PRICE, Capabilities.UNKNOWN))));
  }

  private static Cost cost(long tokens) {
    return new Cost(1, tokens, BigDecimal.valueOf(tokens).movePointLeft(6));
  }

  private static CallEvent replied(long input, long output) {
    return new LlmReplied(
        new RecordId(1),
        Stage.CAPTION,
        0,
        new CallKey(ContentHash.of("call")),
        "e",
        Bytes.utf8(
            """
            {"choices":[{"message":{"content":"A dog."},"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":%d,"completion_tokens":%d}}\
            """
                .formatted(input, output)),
        Duration.ZERO,
        Optional.empty());
  }

  private static CallEvent failed(FailureCause cause) {
    return new CallFailed(
        new RecordId(1),
        Stage.CAPTION,
        0,
        new CallKey(ContentHash.of("call")),
        "e",
        cause,
        0,
        "",
        Bytes.EMPTY,
        Duration.ZERO);
  }
}
