package dev.alicorn.engine.llm;

import dev.alicorn.config.Dialect;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.Price;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// An endpoint's settings while a test writes them: those of a scripted endpoint until changed.
public final class EndpointDraft {
  /// How a scripted endpoint is spoken to, unless a test says otherwise.
  public static final Dialect.Chat CHAT =
      new Dialect.Chat(
          Dialect.OutputLimit.MAX_TOKENS, Dialect.ChatSchema.RESPONSE_FORMAT, true, false);

  private String name = "scripted";
  private final Supplier<URI> url;
  private Optional<Supplier<String>> key = Optional.empty();
  private String model = "scripted";
  private Dialect dialect = CHAT;
  private OptionalLong requestsPerMinute = OptionalLong.empty();
  private OptionalLong tokensPerMinute = OptionalLong.empty();
  private OptionalLong inputTokensPerMinute = OptionalLong.empty();
  private OptionalLong outputTokensPerMinute = OptionalLong.empty();
  private int inFlightMax = 8;
  private int weight = 1;
  private Duration callDeadline = Duration.ofSeconds(20);
  private long responseBytesMax = 1 << 20;
  private Duration giveUpAfter = Duration.ofSeconds(60);

  private EndpointDraft(Supplier<URI> url) {
    this.url = url;
  }

  public static EndpointDraft at(Supplier<URI> url) {
    return new EndpointDraft(url);
  }

  /// A draft that begins as these settings.
  static EndpointDraft of(EndpointSettings settings) {
    EndpointDraft draft = new EndpointDraft(settings.url());
    draft.name = settings.name();
    draft.key = settings.key();
    draft.model = settings.model();
    draft.dialect = settings.dialect();
    draft.requestsPerMinute = settings.requestsPerMinute();
    draft.tokensPerMinute = settings.tokensPerMinute();
    draft.inputTokensPerMinute = settings.inputTokensPerMinute();
    draft.outputTokensPerMinute = settings.outputTokensPerMinute();
    draft.inFlightMax = settings.inFlightMax();
    draft.weight = settings.weight();
    draft.callDeadline = settings.callDeadline();
    draft.responseBytesMax = settings.responseBytesMax();
    draft.giveUpAfter = settings.giveUpAfter();
    return draft;
  }

  public EndpointDraft named(String endpoint) {
    name = endpoint;
    return this;
  }

  public EndpointDraft withKey(String secret) {
    key = Optional.of(() -> secret);
    return this;
  }

  public EndpointDraft asking(String ofModel) {
    model = ofModel;
    return this;
  }

  public EndpointDraft speaking(Dialect other) {
    dialect = other;
    return this;
  }

  EndpointDraft withLimits(
      OptionalLong requests, OptionalLong tokens, OptionalLong input, OptionalLong output) {
    requestsPerMinute = requests;
    tokensPerMinute = tokens;
    inputTokensPerMinute = input;
    outputTokensPerMinute = output;
    return this;
  }

  public EndpointDraft inFlight(int max) {
    inFlightMax = max;
    return this;
  }

  EndpointDraft weighing(int share) {
    weight = share;
    return this;
  }

  public EndpointDraft withDeadline(Duration deadline) {
    callDeadline = deadline;
    return this;
  }

  public EndpointDraft givingUpAfter(Duration failing) {
    giveUpAfter = failing;
    return this;
  }

  public EndpointSettings settings() {
    return new EndpointSettings(
        name,
        url,
        key,
        model,
        dialect,
        requestsPerMinute,
        tokensPerMinute,
        inputTokensPerMinute,
        outputTokensPerMinute,
        inFlightMax,
        weight,
        callDeadline,
        responseBytesMax,
        giveUpAfter);
  }

  /// What journals bind the endpoint's name to.
  public static EndpointBound bound(EndpointSettings settings, Price price) {
    return new EndpointBound(
        settings.name(), settings.dialect().wire(), settings.model(), price, Capabilities.UNKNOWN);
  }
}
