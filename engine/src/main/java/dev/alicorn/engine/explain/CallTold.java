package dev.alicorn.engine.explain;

import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.engine.prompt.CallKeys;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/// One attempt at a call, or the intent of one that was never answered.
///
/// @param seq of its fact
/// @param attempt at its ask, from 1
/// @param request the question, rendered again; empty where it cannot be, since what it was about
///   is no longer accepted
/// @param envelope the reply as read, where one came
/// @param verdict what all facts of the stage up to this one come to
public record CallTold(
    long seq,
    CallEvent fact,
    int attempt,
    EndpointBound endpoint,
    Optional<ChatRequest> request,
    Optional<Envelope> envelope,
    Verdict verdict) {

  /// Whether the question as rendered has the key that the call was made under; if not, what made
  /// it (the prompt's rendering, the parser of captions, the wording of complaints) is another now.
  public boolean keyMatches() {
    return request
        .filter(asked -> CallKeys.of(fact.stage(), endpoint.wire(), asked, 0).equals(fact.key()))
        .isPresent();
  }

  /// The tokens that the endpoint said it billed; none for a reply that was copied.
  public Usage usage() {
    return billed() ? envelope.map(Envelope::usage).orElse(Usage.NONE) : Usage.NONE;
  }

  /// The exact price of those tokens.
  public BigDecimal price() {
    return endpoint.price().of(usage());
  }

  /// Whether the text that was kept is another than the model wrote: stripped of wrappers, or cut.
  public boolean mended() {
    return verdict instanceof Verdict.Caption(String text, boolean _)
        && envelope.isPresent()
        && envelope.get() instanceof Envelope.Usable usable
        && !usable.text().equals(text);
  }

  private boolean billed() {
    return !(fact instanceof LlmReplied reply && reply.origin().isPresent());
  }
}
