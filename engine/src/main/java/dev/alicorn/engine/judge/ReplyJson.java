package dev.alicorn.engine.judge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alicorn.engine.judge.Envelope.Reason;
import dev.alicorn.engine.judge.Envelope.Unusable;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.Usage;
import java.util.Optional;
import java.util.function.Function;

/// The JSON of a reply's body, of whatever wire format: one object, within limits on its depth and
/// on the length of what is in it.
final class ReplyJson {
  private static final int DEPTH_MAX = 64;
  private static final int STRING_CHARS_MAX = 1 << 20;
  private static final int NUMBER_CHARS_MAX = 100;

  /// More tokens than this no call can have: who says so is not believed.
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

  private ReplyJson() {}

  /// What a reader makes of the body's object; unusable where there is none.
  static Envelope read(Bytes body, Function<JsonNode, Envelope> reader) {
    Optional<String> decoded = body.strictUtf8();
    if (decoded.isEmpty()) {
      return malformed(
          isGzip(body)
              ? "the body is compressed with gzip, which was not asked for"
              : "the body is not UTF-8");
    }
    String text = decoded.get();
    JsonNode root;
    try {
      root = JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (JsonProcessingException e) {
      return malformed(
          isEventStream(text)
              ? "the body is an event stream, which was not asked for: " + text
              : "the body is not JSON: " + e.getOriginalMessage());
    }
    return root.isObject() ? reader.apply(root) : malformed("the body is no JSON object");
  }

  /// The message of an `error` in place of an answer.
  static Optional<String> error(JsonNode root) {
    JsonNode error = root.path("error");
    if (error.isMissingNode() || error.isNull()) {
      return Optional.empty();
    }
    JsonNode said = error.path("message");
    return Optional.of(Excerpt.of(said.isTextual() ? said.textValue() : error.toString()));
  }

  /// Whether a node is a number of tokens that may be believed.
  static boolean isCount(JsonNode node) {
    return node.isIntegralNumber()
        && node.canConvertToLong()
        && node.longValue() >= 0
        && node.longValue() <= TOKENS_MAX;
  }

  /// A number of tokens that may be left out.
  static long count(JsonNode node) {
    return isCount(node) ? node.longValue() : 0;
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
