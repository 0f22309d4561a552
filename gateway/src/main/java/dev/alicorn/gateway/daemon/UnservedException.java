package dev.alicorn.gateway.daemon;

import dev.alicorn.protocol.JournalEvent.PauseReason;

/// That a job cannot be served now: an endpoint, a model or an encoder is not there. The message
/// says which, and the mend.
public final class UnservedException extends Exception {
  private static final long serialVersionUID = 1;

  private final PauseReason reason;

  UnservedException(PauseReason reason, Exception cause) {
    super(cause.getMessage(), cause);
    this.reason = reason;
  }

  /// What a job that waits for it is paused for.
  public PauseReason reason() {
    return reason;
  }
}
