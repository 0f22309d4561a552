package dev.alicorn.engine.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.engine.judge.Envelope.Finish;
import dev.alicorn.engine.judge.Envelope.Reason;
import dev.alicorn.engine.judge.Envelope.Refused;
import dev.alicorn.engine.judge.Envelope.Unusable;
import dev.alicorn.engine.judge.Envelope.Usable;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The reader of chat completions: the first choice's message, its finish reason and the usage.
///
/// `content` is a string or, from some servers, an array of parts of which those of text count.
/// What a model thought is no content, whether it comes as `reasoning_content` (vLLM, SGLang,
/// llama.cpp, DeepSeek), as `reasoning` (OpenRouter, Ollama, Together) or between `<think>` tags.
/// Keys that nobody here needs are passed over, since every server has its own.
final class OpenAiChat {
  private static final List<String> REASONING = List.of("reasoning_content", "reasoning");
  private static final String THOUGHT = "<think>";
  private static final String THOUGHT_END = "</think>";

  private OpenAiChat() {}

  static Envelope read(Bytes body) {
    return ReplyJson.read(body, OpenAiChat::completion);
  }

  private static Envelope completion(JsonNode root) {
    Optional<Usage> reported = usage(root.path("usage"));
    Usage usage = reported.orElse(Usage.NONE);
    boolean known = reported.isPresent();
    Optional<String> error = ReplyJson.error(root);
    if (error.isPresent()) {
      return new Unusable(Reason.PROVIDER_ERROR, error.get(), usage, known);
    }
    JsonNode choice = root.path("choices").path(0);
    if (!choice.isObject()) {
      return new Unusable(Reason.NO_CHOICES, "the reply has no choices", usage, known);
    }
    JsonNode message = choice.path("message");
    String refusal = message.path("refusal").asText("");
    if (!refusal.isBlank()) {
      return new Refused(Excerpt.of(refusal), usage, known);
    }
    String reason = choice.path("finish_reason").asText("");
    if (reason.toLowerCase(Locale.ROOT).equals("content_filter")) {
      return new Refused("the endpoint's content filter stopped the reply", usage, known);
    }
    Optional<Finish> finish = Finish.of(reason);
    if (finish.isEmpty()) {
      return new Unusable(
          Reason.UNKNOWN_FINISH, "finish_reason is " + Excerpt.quoted(reason), usage, known);
    }
    Optional<String> content = content(message.path("content"));
    boolean blank = content.map(String::isBlank).orElse(true);
    if ((blank && thought(message)) || content.map(OpenAiChat::onlyThought).orElse(false)) {
      return new Unusable(
          Reason.NO_CONTENT,
          "the reply has reasoning and no content; raise max_tokens, or turn the model's reasoning"
              + " off",
          usage,
          known);
    }
    if (content.isEmpty()) {
      return new Unusable(Reason.NO_CONTENT, "the reply's message has no content", usage, known);
    }
    return new Usable(content.get(), finish.get(), usage, known);
  }

  private static Optional<String> content(JsonNode content) {
    if (content.isTextual()) {
      return Optional.of(content.textValue());
    }
    StringBuilder text = new StringBuilder();
    boolean found = false;
    for (JsonNode part : content) {
      JsonNode piece = part.isTextual() ? part : part.path("text");
      if (content.isArray() && piece.isTextual()) {
        found = true;
        text.append(piece.textValue());
      }
    }
    return found ? Optional.of(text.toString()) : Optional.empty();
  }

  private static boolean thought(JsonNode message) {
    return REASONING.stream().anyMatch(key -> !message.path(key).asText("").isBlank());
  }

  /// Whether the text is a thought that never ended, or that nothing follows.
  private static boolean onlyThought(String content) {
    int end = content.lastIndexOf(THOUGHT_END);
    return end < 0
        ? content.stripLeading().startsWith(THOUGHT)
        : content.substring(end + THOUGHT_END.length()).isBlank();
  }

  /// `prompt_tokens` counts cached tokens too, everywhere; they are named apart by OpenAI and those
  /// that follow it, by DeepSeek (`prompt_cache_hit_tokens`) and by Together (`cached_tokens`).
  /// `completion_tokens` counts reasoning, but with xAI, whose total tells.
  private static Optional<Usage> usage(JsonNode usage) {
    JsonNode prompt = usage.path("prompt_tokens");
    JsonNode completion = usage.path("completion_tokens");
    if (!ReplyJson.isCount(prompt) || !ReplyJson.isCount(completion)) {
      return Optional.empty();
    }
    long input = prompt.longValue();
    long cached =
        Math.max(
            ReplyJson.count(usage.path("prompt_tokens_details").path("cached_tokens")),
            Math.max(
                ReplyJson.count(usage.path("prompt_cache_hit_tokens")),
                ReplyJson.count(usage.path("cached_tokens"))));
    long output = completion.longValue();
    long reasoning =
        ReplyJson.count(usage.path("completion_tokens_details").path("reasoning_tokens"));
    boolean apart = ReplyJson.count(usage.path("total_tokens")) == input + output + reasoning;
    return Optional.of(
        new Usage(input, Math.min(cached, input), apart ? output + reasoning : output));
  }
}
