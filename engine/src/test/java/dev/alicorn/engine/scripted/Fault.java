package dev.alicorn.engine.scripted;

import dev.alicorn.protocol.Bytes;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Something that an endpoint does to a request in the place of a good reply.
public sealed interface Fault {

  /// A fault that is a complete response.
  sealed interface Reply extends Fault {}

  /// An error status with a body.
  record Status(int code, String body, Map<String, String> headers) implements Reply {}

  /// 200 with a content length that the body does not reach before the connection ends.
  record CutBody() implements Fault {}

  /// 200 with a chunked body whose last chunk never comes.
  record CutChunks() implements Fault {}

  /// The connection ends with no response.
  record Drop() implements Fault {}

  /// No response ever comes.
  record Hang() implements Fault {}

  /// 200, half a body, and nothing after it.
  record HangMidBody() implements Fault {}

  /// 200 and half a body, then the connection is reset.
  record ResetMidBody() implements Fault {}

  /// 200 with a body that comes byte by byte, with a pause before each.
  record Trickle(Duration pause) implements Fault {}

  /// These bytes in the place of an HTTP response, on a connection that stays open.
  record Wire(Bytes bytes) implements Fault {}

  /// A good reply that is held back until the gate opens.
  record Held(CompletionStage<?> gate) implements Fault {}

  /// 200 with half of the JSON, complete as HTTP sees it.
  record MalformedJson() implements Reply {}

  /// 200 with `choices` empty.
  record EmptyChoices() implements Reply {}

  /// 200 with `content` null.
  record NullContent() implements Reply {}

  /// 200 with the model's refusal.
  record Refusal() implements Reply {}

  /// A good reply that does not tell what it is billed.
  record NoUsage() implements Reply {}

  /// A good reply with half of its prompt out of a cache.
  record CachedInput() implements Reply {}

  /// 200 with a finish reason other than `stop`.
  record FinishReason(String reason) implements Reply {}

  /// 200 with prose where JSON was asked for; a caption request, and a re-ask (a conversation in
  /// which the assistant has spoken), is answered well.
  record BadPairs() implements Reply {}

  /// 200 with a good answer in a code fence, as weak models wrap it.
  record Fenced() implements Reply {}

  /// 200 with a body of so many bytes.
  record HugeBody(int bytes) implements Reply {}

  /// 200 with this body, which bills nothing.
  record Verbatim(String contentType, Bytes body, Map<String, String> headers) implements Reply {}

  /// A good reply with this text in the place of its own; ASCII.
  record Says(String text) implements Reply {}

  /// A short name for the ledger: the status, or the kind of fault.
  default String label() {
    return this instanceof Status status ? "" + status.code() : getClass().getSimpleName();
  }

  static Fault status(int code) {
    return new Status(
        code,
        "{\"error\":{\"message\":\"scripted status "
            + code
            + "\",\"type\":\"scripted\",\"code\":null}}",
        Map.of());
  }

  static Fault rateLimited(Duration retryAfter) {
    return new Status(
        429,
        "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\","
            + "\"code\":\"rate_limit_exceeded\"}}",
        Map.of("retry-after-ms", Long.toString(retryAfter.toMillis())));
  }

  static Fault outOfMoney() {
    return new Status(
        429,
        "{\"error\":{\"message\":\"You exceeded your current quota\","
            + "\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}",
        Map.of());
  }

  /// The rate limit's status with one header.
  static Fault rateLimited(String header, String value) {
    return new Status(429, "{\"error\":{\"message\":\"Slow down\"}}", Map.of(header, value));
  }

  /// 200 with this text for a body.
  static Fault body(String text) {
    return new Verbatim("application/json", Bytes.utf8(text), Map.of());
  }

  static Fault contentFiltered() {
    return new Status(
        400,
        "{\"error\":{\"message\":\"The prompt was filtered\",\"type\":null,"
            + "\"code\":\"content_filter\"}}",
        Map.of());
  }

  /// A fault by the name that `--faults` has for it: a status, or `rate`, `money`, `filter`, `cut`,
  /// `chunks`, `drop`, `hang`, `stall`, `malformed`, `empty`, `null`, `length`, `abort`, `pairs`,
  /// `fence`.
  static Fault named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "rate" -> rateLimited(Duration.ofMillis(500));
      case "money" -> outOfMoney();
      case "filter" -> contentFiltered();
      case "cut" -> new CutBody();
      case "chunks" -> new CutChunks();
      case "drop" -> new Drop();
      case "hang" -> new Hang();
      case "stall" -> new HangMidBody();
      case "malformed" -> new MalformedJson();
      case "empty" -> new EmptyChoices();
      case "null" -> new NullContent();
      case "length", "abort" -> new FinishReason(name);
      case "pairs" -> new BadPairs();
      case "fence" -> new Fenced();
      default -> status(Integer.parseInt(name));
    };
  }
}
