package dev.alicorn.config;

import dev.alicorn.protocol.WireFormat;

/// How requests to an endpoint are written: its wire format, and what differs between the servers
/// that speak it.
public sealed interface Dialect {
  WireFormat wire();

  /// Whether the endpoint is told of a request's JSON schema.
  boolean tellsSchema();

  /// Chat completions.
  ///
  /// @param temperature whether the request's temperature is sent
  /// @param seed whether a seed is sent: the same one for the same request
  record Chat(OutputLimit outputLimit, ChatSchema schema, boolean temperature, boolean seed)
      implements Dialect {
    @Override
    public WireFormat wire() {
      return WireFormat.OPENAI_CHAT;
    }

    @Override
    public boolean tellsSchema() {
      return schema != ChatSchema.NONE;
    }
  }

  /// Anthropic messages.
  ///
  /// @param temperature whether the request's temperature is sent
  record Messages(MessagesSchema schema, boolean temperature) implements Dialect {
    @Override
    public WireFormat wire() {
      return WireFormat.ANTHROPIC_MESSAGES;
    }

    @Override
    public boolean tellsSchema() {
      return schema != MessagesSchema.NONE;
    }
  }

  /// What the longest answer is called in a chat completion request.
  enum OutputLimit {
    MAX_TOKENS("max_tokens"),
    MAX_COMPLETION_TOKENS("max_completion_tokens");

    private final String key;

    OutputLimit(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /// How a chat completion request tells of a schema.
  enum ChatSchema {
    /// `response_format` with the schema as it is.
    RESPONSE_FORMAT("response_format"),
    /// `response_format` with the schema without bounds, as OpenAI's strict mode needs it.
    STRICT("strict"),
    /// `guided_json`, which vLLM knew before 0.12.
    GUIDED_JSON("guided_json"),
    NONE("none");

    private final String key;

    ChatSchema(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /// How a messages request tells of a schema.
  enum MessagesSchema {
    /// `output_config.format` with the schema without bounds, which it would refuse.
    OUTPUT_CONFIG("output_config"),
    /// As the input of a tool that the model must use, for models from before `output_config`.
    TOOL("tool"),
    NONE("none");

    private final String key;

    MessagesSchema(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}
