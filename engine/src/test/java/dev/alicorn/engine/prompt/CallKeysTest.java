package dev.alicorn.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.WireFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CallKeysTest {
  private static final ChatRequest REQUEST =
      new ChatRequest(
          "m", List.of(Message.system("s"), Message.user("ü")), 0.5, 9, Optional.of("{}"));

  @Test
  void theKeyIsTheHashOfTheWrittenDownEncoding() throws NoSuchAlgorithmException {
    String encoding =
        text("alicorn-call-1")
            + text("caption")
            + text("openai-chat")
            + text("m")
            + number(2)
            + text("system")
            + text("s")
            + text("user")
            + text("ü")
            // 0.5 as an IEEE 754 double.
            + "3fe0000000000000"
            + number(9)
            + text("{}")
            + number(3);

    String expected =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(HexFormat.of().parseHex(encoding)));
    assertThat(key(REQUEST, Stage.CAPTION, 3)).hasToString(expected);
  }

  @Test
  void whateverDecidesTheReplyDecidesTheKey() {
    Stream<CallKey> keys =
        Stream.of(
            key(REQUEST, Stage.CAPTION, 0),
            key(REQUEST, Stage.CAPTION, 1),
            key(REQUEST, Stage.INSTRUCT_COMPLEX_REASONING, 0),
            key(request("n", "a", 0.5, 9, "{}"), Stage.CAPTION, 0),
            key(request("m", "a", 0.5, 9, "{}"), Stage.CAPTION, 0),
            key(request("m", "b", 0.5, 9, "{}"), Stage.CAPTION, 0),
            key(request("m", "a", 0.6, 9, "{}"), Stage.CAPTION, 0),
            key(request("m", "a", 0.5, 8, "{}"), Stage.CAPTION, 0),
            key(request("m", "a", 0.5, 9, "[]"), Stage.CAPTION, 0),
            key(
                new ChatRequest("m", List.of(Message.user("a")), 0.5, 9, Optional.empty()),
                Stage.CAPTION,
                0),
            key(
                new ChatRequest("m", List.of(Message.assistant("a")), 0.5, 9, Optional.of("{}")),
                Stage.CAPTION,
                0),
            key(
                new ChatRequest(
                    "m", List.of(Message.user("a"), Message.user("")), 0.5, 9, Optional.of("{}")),
                Stage.CAPTION,
                0));
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void zeroHasOneKeyWhateverItsSign() {
    assertThat(key(request("m", "a", -0.0, 9, "{}"), Stage.CAPTION, 0))
        .isEqualTo(key(request("m", "a", 0.0, 9, "{}"), Stage.CAPTION, 0));
  }

  private static CallKey key(ChatRequest request, Stage stage, int sampleIndex) {
    return CallKeys.of(stage, WireFormat.OPENAI_CHAT, request, sampleIndex);
  }

  private static ChatRequest request(
      String model, String prompt, double temperature, int maxTokens, String schema) {
    return new ChatRequest(
        model, List.of(Message.user(prompt)), temperature, maxTokens, Optional.of(schema));
  }

  private static String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return number(bytes.length) + HexFormat.of().formatHex(bytes);
  }

  private static String number(long value) {
    return HexFormat.of().toHexDigits(value);
  }
}
