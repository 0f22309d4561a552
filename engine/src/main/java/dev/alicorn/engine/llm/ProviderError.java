package dev.alicorn.engine.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import java.util.List;
import java.util.Locale;

/// What a provider says in the body of an error status, in any of the shapes in use: `{"error":
/// {"message", "type", "code"}}`, `{"error": "…"}`, the same without the wrapping, and `{"detail":
/// …}`.
///
/// @param codes `type` and `code` in lower case
/// @param message one line
record ProviderError(String codes, String message) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final int MESSAGE_CHARS_MAX = 300;

  private static final List<String> MONEY =
      List.of(
          "insufficient_quota",
          "insufficient_credit",
          "insufficient_balance",
          "insufficient balance",
          "insufficient_funds",
          "billing",
          "payment_required",
          "credit balance",
          "exceeded your current quota");
  private static final List<String> FILTER =
      List.of(
          "content_filter",
          "content_policy",
          "responsibleaipolicyviolation",
          "content_moderation",
          "moderation_blocked",
          "data_inspection_failed");

  /// What says so where no code does: Anthropic, OpenRouter.
  private static final List<String> FILTER_SENTENCES =
      List.of("blocked by content filtering policy", "your input was flagged");

  /// Anthropic's way to say it with a 400.
  private static final String NO_CREDIT = "credit balance is too low";

  static ProviderError of(Bytes body) {
    String text = body.length() > BODY_BYTES_MAX ? "" : body.utf8();
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException _) {
      return new ProviderError("", oneLine(text));
    }
    JsonNode error = root.path("error").isMissingNode() ? root : root.path("error");
    String codes = error.path("type").asText("") + " " + error.path("code").asText("");
    String message =
        error.isTextual()
            ? error.asText()
            : firstText(error.path("message"), error.path("detail"), error);
    return new ProviderError(codes.toLowerCase(Locale.ROOT), oneLine(message));
  }

  /// Why an attempt failed that was answered with a status other than 200.
  FailureCause cause(int status) {
    return switch (status) {
      case 402 -> FailureCause.OUT_OF_MONEY;
      case 429 -> saysAny(MONEY) ? FailureCause.OUT_OF_MONEY : FailureCause.RATE_LIMITED;
      case 401, 407 -> FailureCause.UNAUTHORIZED;
      case 403 -> filtered() ? FailureCause.CONTENT_FILTERED : FailureCause.UNAUTHORIZED;
      case 404, 405, 410 -> FailureCause.NOT_FOUND;
      case 408, 409, 425 -> FailureCause.SERVER_ERROR;
      default -> {
        if (status >= 500) {
          yield FailureCause.SERVER_ERROR;
        }
        if (status >= 400) {
          yield filtered()
              ? FailureCause.CONTENT_FILTERED
              : said(NO_CREDIT) ? FailureCause.OUT_OF_MONEY : FailureCause.REFUSED_REQUEST;
        }
        // A redirect is not followed, and another 2xx is no chat completion: the address is wrong.
        yield FailureCause.NOT_FOUND;
      }
    };
  }

  private boolean filtered() {
    return codesAny(FILTER) || FILTER_SENTENCES.stream().anyMatch(this::said);
  }

  private boolean codesAny(List<String> words) {
    return words.stream().anyMatch(codes::contains);
  }

  private boolean saysAny(List<String> words) {
    return codesAny(words) || words.stream().anyMatch(this::said);
  }

  private boolean said(String words) {
    return message.toLowerCase(Locale.ROOT).contains(words);
  }

  private static String firstText(JsonNode... nodes) {
    for (JsonNode node : nodes) {
      if (node.isTextual()) {
        return node.asText();
      }
    }
    JsonNode last = nodes[nodes.length - 1];
    return last.isMissingNode() || last.isEmpty() ? "" : last.toString();
  }

  /// At most 300 characters, control characters made spaces.
  static String oneLine(String text) {
    String cut = text.length() > MESSAGE_CHARS_MAX ? text.substring(0, MESSAGE_CHARS_MAX) : text;
    StringBuilder line = new StringBuilder(cut.length());
    cut.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(line::appendCodePoint);
    return line.toString().strip();
  }
}
