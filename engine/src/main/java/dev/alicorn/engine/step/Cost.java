package dev.alicorn.engine.step;

import dev.alicorn.engine.judge.Account;
import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.protocol.Price;
import java.math.BigDecimal;

/// What calls take of a job's caps.
///
/// @param tokens input and output
/// @param money in the one currency of the job's endpoints
record Cost(long calls, long tokens, BigDecimal money) {
  static final Cost NOTHING = new Cost(0, 0, BigDecimal.ZERO);

  /// What one call is expected to take at most.
  static Cost most(ChatRequest request, Price price) {
    return new Cost(1, request.usageMax().total(), price.of(request.usageMax()));
  }

  static Cost of(Account account) {
    return new Cost(
        account.calls(), account.billed().usage().total(), account.billed().price().total());
  }

  Cost plus(Cost other) {
    return new Cost(calls + other.calls, tokens + other.tokens, money.add(other.money));
  }

  Cost minus(Cost other) {
    return new Cost(calls - other.calls, tokens - other.tokens, money.subtract(other.money));
  }
}
