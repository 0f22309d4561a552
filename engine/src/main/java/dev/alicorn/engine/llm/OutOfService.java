package dev.alicorn.engine.llm;

import dev.alicorn.protocol.FailureCause;
import java.time.Duration;

/// The sentences that say why an endpoint is out, and how to mend it.
final class OutOfService {
  private OutOfService() {}

  /// One answer was enough.
  static String at(String endpoint, LlmAnswer.Failed failed) {
    String keys = "endpoints." + endpoint;
    String mend =
        switch (failed.cause()) {
          case UNAUTHORIZED -> "set " + keys + ".key";
          case OUT_OF_MONEY -> "see to the account's money or quota";
          case NOT_FOUND -> "mend " + keys + ".url or " + keys + ".model";
          case RATE_LIMITED,
              REFUSED_REQUEST,
              CONTENT_FILTERED,
              SERVER_ERROR,
              NOT_SENT,
              UNKNOWN_OUTCOME,
              CUT_BODY,
              BODY_TOO_LARGE ->
              "see to the endpoint";
        };
    return "endpoint " + endpoint + ": " + said(failed) + "; " + mend + " and resume";
  }

  /// Nothing but failures came for a while.
  static String after(Duration failing, int failures, String endpoint, LlmAnswer.Failed last) {
    String mend =
        last.cause() == FailureCause.NOT_SENT
            ? "start it or mend endpoints." + endpoint + ".url"
            : "see to the endpoint";
    return "endpoint "
        + endpoint
        + ": nothing but failures for "
        + failing.toSeconds()
        + " s ("
        + failures
        + " calls), at last "
        + said(last)
        + "; "
        + mend
        + " and resume";
  }

  private static String said(LlmAnswer.Failed failed) {
    String status = failed.status() == 0 ? "" : " " + failed.status();
    return failed.cause().key() + status + " (" + failed.detail() + ")";
  }
}
