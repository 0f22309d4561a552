package dev.alicorn.engine.scripted;

import java.util.Optional;

/// How a wire format wraps what the scripted endpoint says.
interface ReplyShape {

  /// What a reply holds.
  enum Part {
    TEXT,
    /// Something that could hold a text, and none in it.
    NO_TEXT,
    NOTHING,
    REFUSAL
  }

  /// The tokens of a reply.
  ///
  /// @param cached those of `prompt` that came out of a cache
  record Counts(long prompt, long cached, long completion) {}

  /// The body of a complete reply.
  ///
  /// @param finish why the model stopped, in the words of chat completions
  /// @param usage empty for an endpoint that does not tell
  byte[] body(Part part, AsciiBuffer content, String finish, Optional<Counts> usage);

  /// The body of an error status.
  String error(String type, String message);
}
