package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.judge.Envelope.Finish;
import dev.alicorn.engine.judge.Envelope.Reason;
import dev.alicorn.engine.judge.Envelope.Refused;
import dev.alicorn.engine.judge.Envelope.Unusable;
import dev.alicorn.engine.judge.Envelope.Usable;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.Usage;
import dev.alicorn.protocol.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicMessageTest {
  private static final String TEXT = "{\"type\":\"text\",\"text\":\"A dog.\"}";
  private static final String THOUGHT =
      "{\"type\":\"thinking\",\"thinking\":\"Well.\",\"signature\":\"c2ln\"}";
  private static final String TOOL =
      "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"reply\",\"input\":{\"a\":[1]}}";
  private static final String GOOD =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[
       {"type":"text","text":"A dog “sits”","citations":null},{"type":"text","text":" here."}],
       "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":10,
       "cache_creation_input_tokens":3,"cache_read_input_tokens":7,"output_tokens":5,
       "service_tier":"standard"}}\
      """;

  /// The endpoint's `input_tokens` leaves out what touched the cache; ours does not.
  @Test
  void readsAMessage() {
    assertThat(read(GOOD))
        .isEqualTo(new Usable("A dog “sits” here.", Finish.STOP, new Usage(20, 7, 5), true));
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, STOP",
    "stop_sequence, STOP",
    "tool_use, STOP",
    "max_tokens, LENGTH",
    "model_context_window_exceeded, LENGTH"
  })
  void allowsWaysToFinish(String reason, Finish finish) {
    assertThat(read(message(TEXT, reason)))
        .isEqualTo(new Usable("A dog.", finish, Usage.NONE, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause_turn", "compaction", "stop", "", "END_TURN"})
  void knowsNoOtherWayToFinish(String reason) {
    assertThat(reason(message(TEXT, reason))).isEqualTo(Reason.UNKNOWN_FINISH);
  }

  @Test
  void takesARefusalAsFinal() {
    assertThat(read(message("", "refusal"))).isInstanceOf(Refused.class);
    assertThat(read(message(TEXT, "refusal"))).isInstanceOf(Refused.class);
  }

  @Test
  void takesAToolsInputForTheText() {
    assertThat(read(message(THOUGHT + "," + TOOL, "tool_use")))
        .isEqualTo(new Usable("{\"a\":[1]}", Finish.STOP, Usage.NONE, false));
  }

  @Test
  void takesNoThoughtForAText() {
    assertThat(read(message(THOUGHT + "," + TEXT, "end_turn")))
        .isEqualTo(new Usable("A dog.", Finish.STOP, Usage.NONE, false));
    assertThat(reason(message(THOUGHT, "max_tokens"))).isEqualTo(Reason.NO_CONTENT);
    assertThat(reason(message("", "end_turn"))).isEqualTo(Reason.NO_CHOICES);
  }

  @Test
  void takesAnErrorForNoAnswer() {
    assertThat(
            read(
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                    + "\"message\":\"Overloaded\"}}"))
        .isEqualTo(new Unusable(Reason.PROVIDER_ERROR, "Overloaded", Usage.NONE, false));
  }

  @Test
  void believesNoImpossibleUsage() {
    String most = Long.toString(Long.MAX_VALUE);
    assertThat(
            read(GOOD.replace("\"input_tokens\":10", "\"input_tokens\":" + most)
                    .replace("\"cache_read_input_tokens\":7", "\"x\":" + most))
                .usageReported())
        .isFalse();
  }

  /// Whatever is cut off or flipped in a body, a value comes back.
  @Test
  void givesAValueForAnyBytes() {
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    for (int end = 0; end < good.length; end++) {
      Bytes cut = Bytes.wrap(Arrays.copyOf(good, end));
      assertThat(Envelope.read(cut, WireFormat.ANTHROPIC_MESSAGES)).isInstanceOf(Unusable.class);
    }
    for (int seed = 0; seed < 3000; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertThat(Envelope.read(Bytes.wrap(bytes), WireFormat.ANTHROPIC_MESSAGES))
          .as("seed " + seed)
          .isNotNull();
    }
  }

  private static String message(String blocks, String reason) {
    return "{\"type\":\"message\",\"content\":[" + blocks + "],\"stop_reason\":\"" + reason + "\"}";
  }

  private static Reason reason(String body) {
    return ((Unusable) read(body)).reason();
  }

  private static Envelope read(String body) {
    return Envelope.read(Bytes.utf8(body), WireFormat.ANTHROPIC_MESSAGES);
  }
}
