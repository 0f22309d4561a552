package dev.alicorn.engine.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.engine.judge.Envelope.Finish;
import dev.alicorn.engine.judge.Envelope.Reason;
import dev.alicorn.engine.judge.Envelope.Refused;
import dev.alicorn.engine.judge.Envelope.Unusable;
import dev.alicorn.engine.judge.Envelope.Usable;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.Usage;
import java.util.Optional;

/// The reader of Anthropic messages: the text among the content blocks, the stop reason and the
/// usage.
///
/// Where the model was made to answer by a tool, the text is the tool's input as JSON. Blocks of
/// thought are no text.
final class AnthropicMessage {
  private AnthropicMessage() {}

  static Envelope read(Bytes body) {
    return ReplyJson.read(body, AnthropicMessage::message);
  }

  private static Envelope message(JsonNode root) {
    Optional<Usage> reported = usage(root.path("usage"));
    Usage usage = reported.orElse(Usage.NONE);
    boolean known = reported.isPresent();
    Optional<String> error = ReplyJson.error(root);
    if (error.isPresent()) {
      return new Unusable(Reason.PROVIDER_ERROR, error.get(), usage, known);
    }
    String reason = root.path("stop_reason").asText("");
    if (reason.equals("refusal")) {
      return new Refused("the endpoint stopped the reply as a refusal", usage, known);
    }
    JsonNode content = root.path("content");
    Optional<String> text = text(content);
    Optional<Finish> finish = finish(reason, text.isPresent());
    if (finish.isEmpty()) {
      return new Unusable(
          Reason.UNKNOWN_FINISH, "stop_reason is " + Excerpt.quoted(reason), usage, known);
    }
    if (text.isEmpty()) {
      return content.isEmpty()
          ? new Unusable(Reason.NO_CHOICES, "the reply has no content blocks", usage, known)
          : new Unusable(
              Reason.NO_CONTENT,
              "the reply has no block of text; raise max_tokens, if the model thinks first",
              usage,
              known);
    }
    return new Usable(text.get(), finish.get(), usage, known);
  }

  private static Optional<String> text(JsonNode content) {
    StringBuilder text = new StringBuilder();
    boolean found = false;
    for (JsonNode block : content) {
      switch (block.path("type").asText("")) {
        case "text" -> {
          found = true;
          text.append(block.path("text").asText(""));
        }
        case "tool_use" -> {
          return Optional.of(block.path("input").toString());
        }
        default -> {}
      }
    }
    return found ? Optional.of(text.toString()) : Optional.empty();
  }

  private static Optional<Finish> finish(String reason, boolean answered) {
    return switch (reason) {
      case "end_turn", "stop_sequence" -> Optional.of(Finish.STOP);
      case "tool_use" -> answered ? Optional.of(Finish.STOP) : Optional.empty();
      case "max_tokens", "model_context_window_exceeded" -> Optional.of(Finish.LENGTH);
      default -> Optional.empty();
    };
  }

  /// `input_tokens` counts neither what was read from the cache nor what was written to it. The
  /// latter is input like any other here: no request asks for a cache to be written.
  private static Optional<Usage> usage(JsonNode usage) {
    JsonNode input = usage.path("input_tokens");
    JsonNode output = usage.path("output_tokens");
    if (!ReplyJson.isCount(input) || !ReplyJson.isCount(output)) {
      return Optional.empty();
    }
    long cached = ReplyJson.count(usage.path("cache_read_input_tokens"));
    long written = ReplyJson.count(usage.path("cache_creation_input_tokens"));
    return Optional.of(new Usage(input.longValue() + written + cached, cached, output.longValue()));
  }
}
