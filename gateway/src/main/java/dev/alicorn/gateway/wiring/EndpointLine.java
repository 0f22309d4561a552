package dev.alicorn.gateway.wiring;

import dev.alicorn.config.EndpointLimits;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.Capabilities.Known;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// An endpoint as its user is told of it, in one line: model, limits, what it can do, price.
final class EndpointLine {
  private EndpointLine() {}

  static String of(EndpointBound bound, EndpointLimits limits) {
    return "endpoint "
        + bound.endpoint()
        + ": "
        + bound.model()
        + " ("
        + bound.wire().key()
        + "); "
        + limits(limits)
        + "; "
        + capabilities(bound.capabilities())
        + "; "
        + price(bound.price());
  }

  private static String limits(EndpointLimits limits) {
    List<String> parts = new ArrayList<>();
    parts.add(limits.maxInFlight() + " calls at a time");
    limits.requestsPerMinute().ifPresent(limit -> parts.add(limit + " requests a minute"));
    limits.tokensPerMinute().ifPresent(limit -> parts.add(limit + " tokens a minute"));
    limits.inputTokensPerMinute().ifPresent(limit -> parts.add(limit + " tokens in a minute"));
    limits.outputTokensPerMinute().ifPresent(limit -> parts.add(limit + " tokens out a minute"));
    return String.join(", ", parts);
  }

  private static String capabilities(Capabilities can) {
    return word("schema", can.jsonSchema())
        + ", "
        + word("seed", can.seed())
        + ", "
        + word("logprobs", can.logprobs())
        + ", "
        + word("usage", can.usage());
  }

  private static String word(String what, Known known) {
    return switch (known) {
      case YES -> what;
      case NO -> "no " + what;
      case UNKNOWN -> what + " unknown";
    };
  }

  private static String price(Price price) {
    boolean free =
        price.inputPerMillion().signum() == 0
            && price.cachedInputPerMillion().signum() == 0
            && price.outputPerMillion().signum() == 0;
    return free
        ? "free"
        : amount(price.inputPerMillion())
            + " in, "
            + amount(price.cachedInputPerMillion())
            + " cached in, "
            + amount(price.outputPerMillion())
            + " out "
            + price.currency()
            + " a million tokens";
  }

  private static String amount(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}
