package dev.alicorn.engine.prompt;

import dev.alicorn.protocol.Usage;
import java.util.List;
import java.util.Optional;

/// A question to an LLM: all that decides its reply, and nothing of who answers it.
///
/// @param temperature from 0 on
/// @param maxTokens longest reply
/// @param jsonSchema a JSON schema that the reply must fit, as JSON text; an endpoint without
///   guided decoding is not told of it
public record ChatRequest(
    String model,
    List<Message> messages,
    double temperature,
    int maxTokens,
    Optional<String> jsonSchema) {

  private static final int CHARS_PER_TOKEN = 4;

  public ChatRequest {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a chat request needs at least one message");
    }
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature: at least 0, not " + temperature);
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException("max tokens: at least 1, not " + maxTokens);
    }
  }

  /// A rough upper bound of what the call will be billed: a token for four characters of the
  /// messages, and the longest reply.
  public Usage usageMax() {
    long chars = 0;
    for (Message message : messages) {
      chars += message.content().length();
    }
    return new Usage(chars / CHARS_PER_TOKEN, 0, maxTokens);
  }

  /// The same question to another model.
  public ChatRequest to(String otherModel) {
    return otherModel.equals(model)
        ? this
        : new ChatRequest(otherModel, messages, temperature, maxTokens, jsonSchema);
  }
}
