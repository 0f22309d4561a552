package dev.alicorn.engine.scripted;

import java.util.Optional;

/// Anthropic messages.
///
/// @param byTool whether a text that is JSON goes into a tool that the request forced
record MessagesShape(boolean byTool) implements ReplyShape {
  @Override
  public byte[] body(Part part, AsciiBuffer content, String finish, Optional<Counts> usage) {
    AsciiBuffer out = new AsciiBuffer(content.length() + content.length() / 4 + 400);
    out.put(
        "{\"id\":\"msg_scripted\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"model\":\"scripted\",\"content\":[");
    switch (part) {
      case TEXT -> {
        if (byTool) {
          out.put("{\"type\":\"tool_use\",\"id\":\"toolu_scripted\",\"name\":\"reply\",\"input\":");
          out.put(content.toArray());
          out.put('}');
        } else {
          out.put("{\"type\":\"text\",\"text\":\"");
          out.putEscaped(content);
          out.put("\"}");
        }
      }
      case NO_TEXT ->
          out.put("{\"type\":\"thinking\",\"thinking\":\"Well.\",\"signature\":\"c2ln\"}");
      case NOTHING, REFUSAL -> {}
    }
    out.put("],\"stop_reason\":\"");
    out.put(part == Part.REFUSAL ? "refusal" : stopReason(finish));
    out.put("\",\"stop_sequence\":null");
    usage.ifPresent(counts -> put(out, counts));
    out.put('}');
    return out.toArray();
  }

  private String stopReason(String finish) {
    return switch (finish) {
      case "stop" -> byTool ? "tool_use" : "end_turn";
      case "length" -> "max_tokens";
      case "content_filter" -> "refusal";
      default -> finish;
    };
  }

  private static void put(AsciiBuffer out, Counts counts) {
    out.put(",\"usage\":{\"input_tokens\":");
    out.put(counts.prompt() - counts.cached());
    out.put(",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":");
    out.put(counts.cached());
    out.put(",\"output_tokens\":");
    out.put(counts.completion());
    out.put('}');
  }

  @Override
  public String error(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\""
        + type
        + "\",\"message\":\""
        + message
        + "\"},\"request_id\":\"req_scripted\"}";
  }
}
