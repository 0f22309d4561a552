package dev.alicorn.engine.scripted;

import java.util.Optional;

/// Chat completions.
final class ChatShape implements ReplyShape {
  private static final String OPENING =
      "{\"id\":\"chatcmpl-scripted\",\"object\":\"chat.completion\",\"created\":0,"
          + "\"model\":\"scripted\",\"choices\":[";

  @Override
  public byte[] body(Part part, AsciiBuffer content, String finish, Optional<Counts> usage) {
    AsciiBuffer out = new AsciiBuffer(content.length() + content.length() / 4 + 400);
    out.put(OPENING);
    if (part != Part.NOTHING) {
      out.put("{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":");
      if (part == Part.TEXT) {
        out.put('"');
        out.putEscaped(content);
        out.put('"');
      } else {
        out.put("null");
      }
      if (part == Part.REFUSAL) {
        out.put(",\"refusal\":\"I will not say that.\"");
      }
      out.put("},\"finish_reason\":\"");
      out.put(finish);
      out.put("\"}");
    }
    out.put(']');
    usage.ifPresent(counts -> put(out, counts));
    out.put('}');
    return out.toArray();
  }

  private static void put(AsciiBuffer out, Counts counts) {
    out.put(",\"usage\":{\"prompt_tokens\":");
    out.put(counts.prompt());
    out.put(",\"completion_tokens\":");
    out.put(counts.completion());
    out.put(",\"total_tokens\":");
    out.put(counts.prompt() + counts.completion());
    if (counts.cached() > 0) {
      out.put(",\"prompt_tokens_details\":{\"cached_tokens\":");
      out.put(counts.cached());
      out.put('}');
    }
    out.put('}');
  }

  @Override
  public String error(String type, String message) {
    return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"code\":null}}";
  }
}
