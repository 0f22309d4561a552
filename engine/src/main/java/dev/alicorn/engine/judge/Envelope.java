package dev.alicorn.engine.judge;

import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.Usage;
import dev.alicorn.protocol.WireFormat;
import java.util.Locale;
import java.util.Optional;

/// What an endpoint wrapped around a model's text: a complete body that came with status 200, read.
///
/// Any bytes give a value, whatever they hold. Details are one line and bounded.
public sealed interface Envelope {

  /// What the endpoint says it billed, zero where it says nothing.
  Usage usage();

  boolean usageReported();

  /// A model's text.
  ///
  /// @param text as the model wrote it, perhaps empty
  record Usable(String text, Finish finish, Usage usage, boolean usageReported)
      implements Envelope {
    public boolean cutAtLength() {
      return finish == Finish.LENGTH;
    }
  }

  /// The endpoint or the model declined to answer; the same question would be declined again.
  record Refused(String detail, Usage usage, boolean usageReported) implements Envelope {}

  /// No text that could be relied upon.
  record Unusable(Reason reason, String detail, Usage usage, boolean usageReported)
      implements Envelope {}

  /// Why a model stopped, where its text can be used.
  enum Finish {
    STOP,
    LENGTH;

    /// The allow-list: OpenAI and those that follow it say `stop` and `length`, Together `eos`,
    /// text-generation-inference `eos_token` and `stop_sequence`, Mistral `model_length`; gateways
    /// pass on Anthropic's `end_turn` and `max_tokens`.
    static Optional<Finish> of(String reason) {
      return switch (reason.toLowerCase(Locale.ROOT)) {
        case "stop", "eos", "eos_token", "stop_sequence", "end_turn" -> Optional.of(STOP);
        case "length", "max_tokens", "model_length" -> Optional.of(LENGTH);
        default -> Optional.empty();
      };
    }
  }

  /// Why a body is unusable.
  enum Reason {
    /// No JSON object, bytes that are no UTF-8, or beyond the limits on depth and length.
    MALFORMED_BODY,
    /// An `error` in place of an answer.
    PROVIDER_ERROR,
    /// Nothing that could hold a text.
    NO_CHOICES,
    /// Something that could, and no text in it.
    NO_CONTENT,
    /// The model did not finish by itself: `abort`, or a reason that nobody knows.
    UNKNOWN_FINISH
  }

  /// Reads a body.
  static Envelope read(Bytes body, WireFormat wire) {
    return switch (wire) {
      case OPENAI_CHAT -> OpenAiChat.read(body);
      case ANTHROPIC_MESSAGES -> AnthropicMessage.read(body);
    };
  }
}
