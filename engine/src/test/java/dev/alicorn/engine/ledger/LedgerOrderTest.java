package dev.alicorn.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.Usage;
import dev.alicorn.protocol.WireFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The ledger over random facts of both wire formats, against sums of whole numbers.
class LedgerOrderTest {
  private static final CallKey KEY = new CallKey(ContentHash.of("key"));

  /// Prices in a millionth of the currency.
  private record Rates(long input, long cached, long output) {
    Price price() {
      return new Price(
          BigDecimal.valueOf(input, 6),
          BigDecimal.valueOf(cached, 6),
          BigDecimal.valueOf(output, 6),
          "USD");
    }
  }

  @Test
  void theBillIsTheSameInAnyOrder() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Rates chat = rates(random);
      Rates messages = rates(random);
      Bindings bindings =
          Bindings.none(Tasks.JOB)
              .with(
                  new EndpointBound(
                      "chat", WireFormat.OPENAI_CHAT, "m", chat.price(), Capabilities.UNKNOWN))
              .with(
                  new EndpointBound(
                      "messages",
                      WireFormat.ANTHROPIC_MESSAGES,
                      "m",
                      messages.price(),
                      Capabilities.UNKNOWN));
      List<CallEvent> facts = new ArrayList<>();
      BigInteger money = BigInteger.ZERO;
      long calls = 0;
      long inputs = 0;
      long cacheds = 0;
      long outputs = 0;
      for (int i = random.nextInt(60); i > 0; i--) {
        boolean toChat = random.nextBoolean();
        int cached = random.nextInt(1000);
        int read = random.nextInt(1000);
        int output = random.nextInt(1000);
        switch (random.nextInt(4)) {
          case 0 -> {
            facts.add(failed(toChat ? "chat" : "messages"));
            calls++;
          }
          case 1 ->
              facts.add(replied("chat", chatBody(read + cached, cached, output), "another-job"));
          default -> {
            facts.add(
                toChat
                    ? replied("chat", chatBody(read + cached, cached, output), "")
                    : replied("messages", messagesBody(read, cached, output), ""));
            Rates rates = toChat ? chat : messages;
            money =
                money.add(
                    BigInteger.valueOf(
                        rates.input() * read + rates.cached() * cached + rates.output() * output));
            calls++;
            inputs += read + cached;
            cacheds += cached;
            outputs += output;
          }
        }
      }
      Collections.shuffle(facts, random);

      Ledger ledger = new Ledger(bindings);
      facts.forEach(ledger::add);

      Statement statement = ledger.statement();
      assertThat(statement.calls()).as("seed " + seed).isEqualTo(calls);
      assertThat(statement.usage())
          .as("seed " + seed)
          .isEqualTo(new Usage(inputs, cacheds, outputs));
      assertThat(statement.price().total())
          .as("seed " + seed)
          .isEqualByComparingTo(new BigDecimal(money, 12));
    }
  }

  private static Rates rates(Random random) {
    return new Rates(
        random.nextInt(50_000_000), random.nextInt(50_000_000), random.nextInt(50_000_000));
  }

  private static String chatBody(int prompt, int cached, int completion) {
    return "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"x\"}}],"
        + "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,".formatted(prompt, completion)
        + "\"prompt_tokens_details\":{\"cached_tokens\":%d}}}".formatted(cached);
  }

  private static String messagesBody(int input, int cached, int output) {
    return "{\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"stop_reason\":\"end_turn\","
        + "\"usage\":{\"input_tokens\":%d,\"cache_read_input_tokens\":%d,\"output_tokens\":%d}}"
            .formatted(input, cached, output);
  }

  private static LlmReplied replied(String endpoint, String body, String origin) {
    return new LlmReplied(
        new RecordId(1),
        Stage.CAPTION,
        0,
        KEY,
        endpoint,
        Bytes.utf8(body),
        Duration.ZERO,
        origin.isEmpty() ? Optional.empty() : Optional.of(new JobId(origin)));
  }

  private static CallFailed failed(String endpoint) {
    return new CallFailed(
        new RecordId(1),
        Stage.CAPTION,
        0,
        KEY,
        endpoint,
        FailureCause.SERVER_ERROR,
        500,
        "no",
        Bytes.EMPTY,
        Duration.ZERO);
  }
}
