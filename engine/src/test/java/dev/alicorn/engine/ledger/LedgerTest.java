package dev.alicorn.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.judge.Account;
import dev.alicorn.engine.judge.Billed;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.judge.Tasks;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Money;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.Usage;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final CallKey KEY = new CallKey(ContentHash.of("call"));
  private static final Bindings BINDINGS =
      Bindings.none(Tasks.JOB).with(endpoint("dollars", "USD")).with(endpoint("euros", "EUR"));

  @Test
  void countsEachKindOfFact() {
    assertThat(account(replied(1, 0, "dollars", 100, 10)))
        .isEqualTo(new Account(1, 0, 0, 0, billed(100, 10, "0.00014"), Billed.NOTHING));
    assertThat(account(replied(1, 1, "dollars", 100, 10)).reasked()).isEqualTo(1);
    assertThat(account(body("dollars", "{\"choices\":[]}", Optional.empty())))
        .as("an unusable reply that hides its usage")
        .isEqualTo(new Account(1, 1, 0, 1, Billed.NOTHING, Billed.NOTHING));
    assertThat(account(failed(FailureCause.SERVER_ERROR)))
        .isEqualTo(new Account(1, 1, 0, 0, Billed.NOTHING, Billed.NOTHING));
    assertThat(account(failed(FailureCause.CUT_BODY)))
        .isEqualTo(new Account(1, 1, 0, 1, Billed.NOTHING, Billed.NOTHING));
    assertThat(account(failed(FailureCause.NOT_SENT))).isEqualTo(Account.EMPTY);
    assertThat(account(body("dollars", chat(100, 10), Optional.of(new JobId("other")))))
        .as("a copied reply is no call and costs nothing")
        .isEqualTo(new Account(0, 0, 0, 0, Billed.NOTHING, billed(100, 10, "0.00014")));
  }

  @Test
  void anIntentIsACallOfUnknownOutcomeUntilItIsAnswered() {
    CallStarted started = new CallStarted(new RecordId(1), Stage.CAPTION, 0, KEY, "dollars");
    assertThat(account(started)).isEqualTo(Account.UNANSWERED);
    assertThat(account(started, replied(1, 0, "dollars", 100, 10)))
        .isEqualTo(account(replied(1, 0, "dollars", 100, 10)));
  }

  @Test
  void isTheSameInEveryOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<CallEvent> facts = new ArrayList<>();
    for (int record = 1; record <= 200; record++) {
      facts.add(
          switch (random.nextInt(4)) {
            case 0 ->
                failed(random.nextBoolean() ? FailureCause.CUT_BODY : FailureCause.RATE_LIMITED);
            case 1 -> body("euros", chat(random.nextInt(99), 5), Optional.of(new JobId("other")));
            default ->
                replied(
                    record,
                    random.nextInt(2),
                    random.nextBoolean() ? "dollars" : "euros",
                    random.nextInt(1_000),
                    random.nextInt(1_000));
          });
    }
    Statement inOrder = statement(facts);
    Collections.shuffle(facts, random);
    assertThat(statement(facts)).as("seed %d", seed).isEqualTo(inOrder);
  }

  @Test
  void keepsCurrenciesApartAndTakesUnknownCallsForTheMean() {
    Statement statement =
        statement(
            List.of(
                replied(1, 0, "dollars", 100, 10),
                replied(2, 0, "dollars", 300, 30),
                replied(3, 0, "euros", 100, 10),
                failed(FailureCause.UNKNOWN_OUTCOME),
                failed(FailureCause.UNKNOWN_OUTCOME),
                failed(FailureCause.UNKNOWN_OUTCOME)));

    assertThat(statement.calls()).isEqualTo(6);
    assertThat(statement.usage()).isEqualTo(new Usage(500, 0, 50));
    assertThat(statement.price()).hasToString("0.00014 EUR + 0.00056 USD");
    assertThat(statement.possiblePrice()).hasToString("0.00014 EUR + 0.00056 USD");
  }

  private static Account account(CallEvent... facts) {
    return statement(List.of(facts)).of(Stage.CAPTION);
  }

  private static Statement statement(List<CallEvent> facts) {
    Ledger ledger = new Ledger(BINDINGS);
    facts.forEach(ledger::add);
    return ledger.statement();
  }

  private static Billed billed(long input, long output, String price) {
    return new Billed(
        1, new Usage(input, 0, output), Money.of(new BigDecimal(price).setScale(6), "USD"));
  }

  private static EndpointBound endpoint(String name, String currency) {
    return new EndpointBound(
        name,
        WireFormat.OPENAI_CHAT,
        "m",
        new Price(BigDecimal.ONE, BigDecimal.ONE, new BigDecimal(4), currency),
        Capabilities.UNKNOWN);
  }

  private static LlmReplied replied(
      long record, int ask, String endpoint, long input, long output) {
    return new LlmReplied(
        new RecordId(record),
        Stage.CAPTION,
        ask,
        KEY,
        endpoint,
        Bytes.utf8(chat(input, output)),
        Duration.ZERO,
        Optional.empty());
  }

  private static LlmReplied body(String endpoint, String body, Optional<JobId> origin) {
    return new LlmReplied(
        new RecordId(1), Stage.CAPTION, 0, KEY, endpoint, Bytes.utf8(body), Duration.ZERO, origin);
  }

  private static CallFailed failed(FailureCause cause) {
    return new CallFailed(
        new RecordId(1),
        Stage.CAPTION,
        0,
        KEY,
        "dollars",
        cause,
        0,
        "",
        Bytes.EMPTY,
        Duration.ZERO);
  }

  private static String chat(long input, long output) {
    return """
    {"choices":[{"message":{"content":"A dog."},"finish_reason":"stop"}],\
    "usage":{"prompt_tokens":%d,"completion_tokens":%d}}\
    """
        .formatted(input, output);
  }
}
