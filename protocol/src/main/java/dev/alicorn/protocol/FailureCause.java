package dev.alicorn.protocol;

/// Why an attempt at an LLM call gave no usable reply, and what its row is owed for it.
public enum FailureCause {
  /// 429 with a wait; costs the row nothing.
  RATE_LIMITED("rate_limited", Consequence.WAIT),
  /// 429 or 402 about money: no wait helps.
  OUT_OF_MONEY("out_of_money", Consequence.PAUSE),
  /// 401 or 403.
  UNAUTHORIZED("unauthorized", Consequence.PAUSE),
  /// 404: no such path or model.
  NOT_FOUND("not_found", Consequence.PAUSE),
  /// 400, 413, 422: this request will never be served.
  REFUSED_REQUEST("refused_request", Consequence.FINAL),
  /// A content filter stopped it with an error status.
  CONTENT_FILTERED("content_filtered", Consequence.FINAL),
  /// 408, 409, 5xx, 529.
  SERVER_ERROR("server_error", Consequence.RETRY),
  /// Connection refused, DNS, TLS: nothing was sent.
  NOT_SENT("not_sent", Consequence.WAIT),
  /// Reset or deadline after sending: it may have been billed.
  UNKNOWN_OUTCOME("unknown_outcome", Consequence.REPEAT),
  /// The body ended before it was complete; what came is journaled.
  CUT_BODY("cut_body", Consequence.REPEAT),
  /// A complete body with status 200 and no usable answer in it; it is journaled as a reply, so
  /// that only a judgement ever names this cause.
  UNUSABLE_REPLY("unusable_reply", Consequence.REPEAT),
  /// The body passed `response_bytes_max` and was cut there.
  BODY_TOO_LARGE("body_too_large", Consequence.FINAL);

  /// What follows for the row.
  public enum Consequence {
    /// Tried again, however often it takes.
    WAIT,
    /// Tried again, at most 6 attempts in all.
    RETRY,
    /// Tried again at most twice, since each attempt may have been billed.
    REPEAT,
    /// The row has failed.
    FINAL,
    /// The run pauses; the row stays owed.
    PAUSE
  }

  private final String key;
  private final Consequence consequence;

  FailureCause(String key, Consequence consequence) {
    this.key = key;
    this.consequence = consequence;
  }

  public String key() {
    return key;
  }

  public Consequence consequence() {
    return consequence;
  }
}
