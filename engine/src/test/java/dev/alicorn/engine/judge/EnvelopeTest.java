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

class EnvelopeTest {
  @Test
  void readsOpenAi() {
    assertThat(
            read(
                """
                {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m",
                 "choices":[{"index":0,"logprobs":null,"finish_reason":"stop",
                   "message":{"role":"assistant","content":"A dog.","refusal":null,"annotations":[]}}],
                 "usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,
                   "prompt_tokens_details":{"cached_tokens":0}},"system_fingerprint":null}\
                """))
        .isEqualTo(new Usable("A dog.", Finish.STOP, new Usage(19, 0, 10), true));
  }

  @Test
  void readsVllmAndSglang() {
    assertThat(
            read(
                """
                {"id":"c","choices":[{"index":0,"message":{"role":"assistant",
                 "reasoning_content":null,"content":"A cat","tool_calls":[]},"logprobs":null,
                 "finish_reason":"length","stop_reason":null,"matched_stop":null}],
                 "usage":{"prompt_tokens":5,"total_tokens":12,"completion_tokens":7,
                 "prompt_tokens_details":null},"prompt_logprobs":null}\
                """))
        .isEqualTo(new Usable("A cat", Finish.LENGTH, new Usage(5, 0, 7), true));
  }

  @Test
  void readsLlamaCppAndOllama() {
    assertThat(
            read(
                """
                {"choices":[{"finish_reason":"stop","index":0,"message":{"content":"x",
                 "role":"assistant"}}],"usage":{"completion_tokens":1,"prompt_tokens":2,
                 "total_tokens":3},"timings":{"prompt_ms":1.5}}\
                """))
        .isEqualTo(new Usable("x", Finish.STOP, new Usage(2, 0, 1), true));
  }

  @Test
  void readsTogether() {
    assertThat(
            read(
                """
                {"id":"t","prompt":[],"choices":[{"finish_reason":"eos","seed":42,"logprobs":null,
                 "index":0,"message":{"role":"assistant","content":"x","tool_calls":[]}}],
                 "usage":{"prompt_tokens":2,"completion_tokens":1,"cached_tokens":0}}\
                """))
        .isEqualTo(new Usable("x", Finish.STOP, new Usage(2, 0, 1), true));
  }

  @Test
  void countsWhatCameOutOfACacheInEveryDialect() {
    assertThat(
            read(withUsage(
                    "{\"prompt_tokens\":9,\"completion_tokens\":2,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":4}}"))
                .usage())
        .isEqualTo(new Usage(9, 4, 2));
    assertThat(
            read(withUsage(
                    "{\"prompt_tokens\":9,\"completion_tokens\":2,"
                        + "\"prompt_cache_hit_tokens\":5,\"prompt_cache_miss_tokens\":4}"))
                .usage())
        .isEqualTo(new Usage(9, 5, 2));
    assertThat(
            read(withUsage("{\"prompt_tokens\":9,\"completion_tokens\":2,\"cached_tokens\":6}"))
                .usage())
        .isEqualTo(new Usage(9, 6, 2));
    assertThat(
            read(withUsage("{\"prompt_tokens\":9,\"completion_tokens\":2,\"cached_tokens\":60}"))
                .usage())
        .isEqualTo(new Usage(9, 9, 2));
  }

  @Test
  void countsReasoningOnce() {
    String told = "\"completion_tokens_details\":{\"reasoning_tokens\":5}";
    assertThat(
            read(withUsage(
                    "{\"prompt_tokens\":9,\"completion_tokens\":7,\"total_tokens\":16,"
                        + told
                        + "}"))
                .usage())
        .isEqualTo(new Usage(9, 0, 7));
    assertThat(
            read(withUsage(
                    "{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":16,"
                        + told
                        + "}"))
                .usage())
        .isEqualTo(new Usage(9, 0, 7));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"content\":null,\"reasoning_content\":\"Well, a dog.\"'",
    "'\"content\":\"\",\"reasoning_content\":\"Well, a dog.\"'",
    "'\"reasoning\":\"Well, a dog.\"'",
    "'\"content\":\" <think>Well, a dog.\"'",
    "'\"content\":\"<think>Well, a dog.</think>\\n\"'",
    "'\"content\":\"Well, a dog.</think>\"'"
  })
  void takesNoThoughtForAnAnswer(String message) {
    Envelope read =
        read("{\"choices\":[{\"finish_reason\":\"length\",\"message\":{" + message + "}}]}");

    assertThat(read)
        .isInstanceOfSatisfying(
            Unusable.class,
            unusable -> {
              assertThat(unusable.reason()).isEqualTo(Reason.NO_CONTENT);
              assertThat(unusable.detail()).contains("reasoning", "max_tokens");
            });
  }

  @Test
  void takesTheAnswerBesideAThought() {
    assertThat(
            read(
                "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"A dog.\","
                    + "\"reasoning_content\":\"Well.\"}}]}"))
        .isEqualTo(new Usable("A dog.", Finish.STOP, Usage.NONE, false));
  }

  @Test
  void believesNoImpossibleUsage() {
    String most = Long.toString(Long.MAX_VALUE);
    assertThat(
            read(withUsage("{\"prompt_tokens\":" + most + ",\"completion_tokens\":" + most + "}"))
                .usageReported())
        .isFalse();
  }

  @Test
  void joinsPartsOfText() {
    String parts =
        "[{\"type\":\"text\",\"text\":\"A \"},{\"type\":\"image\"},{\"type\":\"text\",\"text\":\"dog.\"}]";
    assertThat(read(choice(parts, "\"stop\"")))
        .isEqualTo(new Usable("A dog.", Finish.STOP, Usage.NONE, false));
  }

  @Test
  void flagsUsageThatIsNotReported() {
    assertThat(read(choice("\"x\"", "\"stop\"")).usageReported()).isFalse();
    String negative = withUsage("{\"prompt_tokens\":-1,\"completion_tokens\":2}");
    assertThat(read(negative)).isEqualTo(new Usable("x", Finish.STOP, Usage.NONE, false));
    String huge = withUsage("{\"prompt_tokens\":1e999,\"completion_tokens\":99999999999999999999}");
    assertThat(read(huge)).isEqualTo(new Usable("x", Finish.STOP, Usage.NONE, false));
  }

  @ParameterizedTest
  @CsvSource({
    "stop, STOP",
    "eos, STOP",
    "STOP, STOP",
    "end_turn, STOP",
    "length, LENGTH",
    "max_tokens, LENGTH"
  })
  void allowsWaysToFinish(String reason, Finish finish) {
    assertThat(read(choice("\"x\"", '"' + reason + '"')))
        .isEqualTo(new Usable("x", finish, Usage.NONE, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"abort\"", "\"error\"", "\"tool_calls\"", "\"\"", "null", "7"})
  void knowsNoOtherWayToFinish(String reason) {
    assertThat(reason(choice("\"x\"", reason))).isEqualTo(Reason.UNKNOWN_FINISH);
  }

  @Test
  void takesAFilterAndARefusalAsFinal() {
    assertThat(read(choice("\"x\"", "\"content_filter\""))).isInstanceOf(Refused.class);
    String refusal =
        "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":null,\"refusal\":\"No way.\"}}]}";
    assertThat(read(refusal)).isEqualTo(new Refused("No way.", Usage.NONE, false));
  }

  @Test
  void billsAnUnusableReplyToo() {
    String body = "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}";
    assertThat(read(body))
        .isEqualTo(
            new Unusable(Reason.NO_CHOICES, "the reply has no choices", new Usage(3, 0, 4), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"choices\":null}", "{\"choices\":[null]}", "{\"choices\":{}}"})
  void needsAChoice(String body) {
    assertThat(reason(body)).isEqualTo(Reason.NO_CHOICES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[]", "{\"text\":\"x\"}", "[{\"type\":\"image\"}]"})
  void needsContent(String content) {
    assertThat(reason(choice(content, "\"stop\""))).isEqualTo(Reason.NO_CONTENT);
  }

  @Test
  void takesAnErrorForNoAnswer() {
    String body = "{\"error\":{\"message\":\"upstream\\nis down\",\"code\":502},\"choices\":[]}";
    assertThat(read(body))
        .isEqualTo(new Unusable(Reason.PROVIDER_ERROR, "upstream is down", Usage.NONE, false));
    assertThat(reason("{\"error\":\"x\"}")).isEqualTo(Reason.PROVIDER_ERROR);
    assertThat(read("{\"error\":null," + choice("\"x\"", "\"stop\"").substring(1)))
        .isInstanceOf(Usable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"x\"",
        "<html></html>",
        "{\"choices\":[{\"mess",
        "{} {}",
        "data: {\"choices\":[]}"
      })
  void callsTheRestMalformed(String body) {
    assertThat(reason(body)).isEqualTo(Reason.MALFORMED_BODY);
  }

  @Test
  void survivesHostileBodies() {
    assertThat(reason("[".repeat(10_000))).isEqualTo(Reason.MALFORMED_BODY);
    assertThat(reason("{\"a\":".repeat(10_000))).isEqualTo(Reason.MALFORMED_BODY);
    String number = "7".repeat(1 << 20);
    assertThat(reason("{\"usage\":" + number + "}")).isEqualTo(Reason.MALFORMED_BODY);
    assertThat(reason("{\"usage\":1." + number + "e9}")).isEqualTo(Reason.MALFORMED_BODY);
    String text = "a".repeat((1 << 20) + 1);
    assertThat(reason(choice('"' + text + '"', "\"stop\""))).isEqualTo(Reason.MALFORMED_BODY);
    Bytes notUtf8 = Bytes.wrap(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'});
    assertThat(Envelope.read(notUtf8, WireFormat.OPENAI_CHAT))
        .isEqualTo(new Unusable(Reason.MALFORMED_BODY, "the body is not UTF-8", Usage.NONE, false));
  }

  /// Whatever is cut off or flipped in a body, a value comes back, and a usable one only with a
  /// text.
  @Test
  void givesAValueForAnyBytes() {
    byte[] good = Facts.chat("A dog “sits” \uD83D\uDC36.", "stop").getBytes(StandardCharsets.UTF_8);
    for (int end = 0; end < good.length; end++) {
      Bytes cut = Bytes.wrap(Arrays.copyOf(good, end));
      assertThat(Envelope.read(cut, WireFormat.OPENAI_CHAT)).isInstanceOf(Unusable.class);
    }
    for (int seed = 0; seed < 3000; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertThat(Envelope.read(Bytes.wrap(bytes), WireFormat.OPENAI_CHAT))
          .as("seed " + seed)
          .isNotNull();
    }
  }

  @Test
  void readsPastAByteOrderMark() {
    assertThat(read('\uFEFF' + choice("\"x\"", "\"stop\""))).isInstanceOf(Usable.class);
  }

  private static String choice(String content, String finish) {
    return "{\"choices\":[{\"finish_reason\":"
        + finish
        + ",\"message\":{\"role\":\"assistant\",\"content\":"
        + content
        + "}}]}";
  }

  private static String withUsage(String usage) {
    String body = choice("\"x\"", "\"stop\"");
    return body.substring(0, body.length() - 1) + ",\"usage\":" + usage + "}";
  }

  private static Reason reason(String body) {
    return read(body) instanceof Unusable unusable
        ? unusable.reason()
        : fail(body.substring(0, Math.min(body.length(), 200)));
  }

  private static Reason fail(String body) {
    throw new AssertionError("usable: " + body);
  }

  private static Envelope read(String body) {
    return Envelope.read(Bytes.utf8(body), WireFormat.OPENAI_CHAT);
  }
}
