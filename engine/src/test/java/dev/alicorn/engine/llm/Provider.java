package dev.alicorn.engine.llm;

import dev.alicorn.config.Dialect;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.protocol.WireFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How a provider says the same things as the others.
///
/// @param dialects each way that it may be written to, the first one without a schema
/// @param money an error status for an account without any
/// @param filtered an error status for a prompt or reply that a filter stopped
/// @param missing an error status for a model that is not there
record Provider(List<Dialect> dialects, Fault money, Fault filtered, Fault missing) {

  static Provider of(WireFormat wire) {
    return switch (wire) {
      case OPENAI_CHAT ->
          new Provider(
              Stream.of(
                      Dialect.ChatSchema.NONE,
                      Dialect.ChatSchema.RESPONSE_FORMAT,
                      Dialect.ChatSchema.STRICT,
                      Dialect.ChatSchema.GUIDED_JSON)
                  .<Dialect>map(schema ->
                      new Dialect.Chat(Dialect.OutputLimit.MAX_TOKENS, schema, true, true))
                  .toList(),
              Fault.outOfMoney(),
              Fault.contentFiltered(),
              status(
                  404, "{\"error\":{\"message\":\"no such model\",\"type\":\"NotFoundError\"}}"));
      case ANTHROPIC_MESSAGES ->
          new Provider(
              Stream.of(
                      Dialect.MessagesSchema.NONE,
                      Dialect.MessagesSchema.OUTPUT_CONFIG,
                      Dialect.MessagesSchema.TOOL)
                  .<Dialect>map(schema -> new Dialect.Messages(schema, true))
                  .toList(),
              anthropic(400, "invalid_request_error", "Your credit balance is too low to go on."),
              anthropic(400, "invalid_request_error", "Output blocked by content filtering policy"),
              anthropic(404, "not_found_error", "model: claude-x"));
    };
  }

  private static Fault anthropic(int code, String type, String message) {
    return status(
        code,
        "{\"type\":\"error\",\"error\":{\"type\":\""
            + type
            + "\",\"message\":\""
            + message
            + "\"},\"request_id\":\"req_1\"}");
  }

  private static Fault status(int code, String body) {
    return new Fault.Status(code, body, Map.of());
  }
}
