package dev.alicorn.engine.judge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alicorn.engine.judge.Envelope.Finish;
import dev.alicorn.engine.judge.Envelope.Reason;
import dev.alicorn.engine.judge.Envelope.Refused;
import dev.alicorn.engine.judge.Envelope.Unusable;
import dev.alicorn.engine.judge.Envelope.Usable;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.Usage;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// The reader of chat completions: the first choice's message, its finish reason and the usage.
///
/// `content` is a string or, from some servers, an array of parts of which those of text count.
/// Keys that nobody here needs are passed over, since every server has its own.
final class OpenAiChat {
  private static final int DEPTH_MAX = 64;
  private static final int STRING_CHARS_MAX = 1 << 20;
  private static final int NUMBER_CHARS_MAX = 100;

  /// More than any call can be billed for: a count above it is none.
  private static final long TOKENS_MAX = 1_000_000_000;

  private static final short GZIP_MAGIC = 0x1F8B;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(STRING_CHARS_MAX)
                          .maxNumberLength(NUMBER_CHARS_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private OpenAiChat() {}

  static Envelope read(Bytes body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(body.buffer()).toString();
    } catch (CharacterCodingException _) {
      return malformed(
          isGzip(body)
              ? "the body is compressed with gzip, which was not asked for"
              : "the body is not UTF-8");
    }
    JsonNode root;
    try {
      root = JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (JsonProcessingException e) {
      return malformed(
          isEventStream(text)
              ? "the body is an event stream, which was not asked for: " + text
              : "the body is not JSON: " + e.getOriginalMessage());
    }
    return root.isObject() ? completion(root) : malformed("the body is no JSON object");
  }

  private static Envelope completion(JsonNode root) {
    Optional<Usage> reported = usage(root.path("usage"));
    Usage usage = reported.orElse(Usage.NONE);
    boolean known = reported.isPresent();
    JsonNode error = root.path("error");
    if (!error.isMissingNode() && !error.isNull()) {
      JsonNode said = error.path("message");
      String message = said.isTextual() ? said.textValue() : error.toString();
      return new Unusable(Reason.PROVIDER_ERROR, Excerpt.of(message), usage, known);
    }
    JsonNode choice = root.path("choices").path(0);
    if (!choice.isObject()) {
      return new Unusable(Reason.NO_CHOICES, "the reply has no choices", usage, known);
    }
    JsonNode message = choice.path("message");
    String refusal = message.path("refusal").asText("");
    if (!refusal.isBlank()) {
      return new Refused(Excerpt.of(refusal), usage, known);
    }
    String reason = choice.path("finish_reason").asText("");
    if (reason.toLowerCase(Locale.ROOT).equals("content_filter")) {
      return new Refused("the endpoint's content filter stopped the reply", usage, known);
    }
    Optional<Finish> finish = Finish.of(reason);
    if (finish.isEmpty()) {
      return new Unusable(
          Reason.UNKNOWN_FINISH, "finish_reason is " + Excerpt.quoted(reason), usage, known);
    }
    Optional<String> content = content(message.path("content"));
    if (content.isEmpty()) {
      return new Unusable(Reason.NO_CONTENT, "the reply's message has no content", usage, known);
    }
    return new Usable(content.get(), finish.get(), usage, known);
  }

  private static Optional<String> content(JsonNode content) {
    if (content.isTextual()) {
      return Optional.of(content.textValue());
    }
    StringBuilder text = new StringBuilder();
    boolean found = false;
    for (JsonNode part : content) {
      JsonNode piece = part.isTextual() ? part : part.path("text");
      if (content.isArray() && piece.isTextual()) {
        found = true;
        text.append(piece.textValue());
      }
    }
    return found ? Optional.of(text.toString()) : Optional.empty();
  }

  private static Optional<Usage> usage(JsonNode usage) {
    JsonNode input = usage.path("prompt_tokens");
    JsonNode output = usage.path("completion_tokens");
    boolean counted = isCount(input) && isCount(output);
    return counted
        ? Optional.of(new Usage(input.longValue(), output.longValue()))
        : Optional.empty();
  }

  private static boolean isCount(JsonNode node) {
    return node.isIntegralNumber()
        && node.canConvertToLong()
        && node.longValue() >= 0
        && node.longValue() <= TOKENS_MAX;
  }

  private static boolean isGzip(Bytes body) {
    return body.length() > 2 && body.buffer().getShort() == GZIP_MAGIC;
  }

  private static boolean isEventStream(String text) {
    return text.startsWith("data:") || text.startsWith("event:") || text.startsWith(":");
  }

  private static Envelope malformed(String detail) {
    return new Unusable(Reason.MALFORMED_BODY, Excerpt.of(detail), Usage.NONE, false);
  }
}
