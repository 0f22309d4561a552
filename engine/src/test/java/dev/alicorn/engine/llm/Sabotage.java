package dev.alicorn.engine.llm;

import dev.alicorn.protocol.FailureCause;
import java.time.Duration;
import java.util.Optional;

/// A fault put between a simulated world and its scheduler, which does to the scheduler's decisions
/// what a bug in it would: the simulation must find it.
enum Sabotage {
  NONE,
  /// The scheduler never hears of a wait that an endpoint asks for.
  DEAF_TO_WAITS,
  /// A place that was given is given again while its call is still out.
  GRANTS_TWICE,
  /// Retries pass as first tries, by no budget.
  RETRIES_UNCOUNTED,
  /// Replies are settled as if they had cost nothing.
  TOKENS_FORGOTTEN,
  /// One job counts for a hundred.
  FAVOURS_A_JOB,
  /// A breaker closes as soon as it has opened.
  BREAKER_FORGOTTEN,
  /// A retry may go where it failed.
  RETRIES_GO_BACK;

  Wish asked(Wish wish) {
    return switch (this) {
      case RETRIES_UNCOUNTED ->
          new Wish(wish.flow(), wish.estimate(), Turn.FIRST, wish.admission(), wish.reply());
      case FAVOURS_A_JOB -> {
        CallFlow flow = wish.flow();
        boolean favoured = flow.job().endsWith("0");
        yield new Wish(
            new CallFlow(flow.job(), favoured ? 100 : 1, flow.step(), flow.team()),
            wish.estimate(),
            wish.turn(),
            wish.admission(),
            wish.reply());
      }
      case RETRIES_GO_BACK ->
          new Wish(
              wish.flow(),
              wish.estimate(),
              new Turn(wish.turn().attempts(), wish.turn().last(), Optional.empty()),
              wish.admission(),
              wish.reply());
      case NONE, DEAF_TO_WAITS, GRANTS_TWICE, TOKENS_FORGOTTEN, BREAKER_FORGOTTEN -> wish;
    };
  }

  boolean dropsGrants() {
    return this == GRANTS_TWICE;
  }

  boolean resetsAfter(LlmAnswer.Attempt attempt) {
    return this == BREAKER_FORGOTTEN && attempt instanceof LlmAnswer.Failed;
  }

  LlmAnswer.Attempt settled(LlmAnswer.Attempt attempt) {
    return this == DEAF_TO_WAITS && attempt instanceof LlmAnswer.Failed failed
        ? new LlmAnswer.Failed(
            failed.cause() == FailureCause.RATE_LIMITED
                ? FailureCause.CONTENT_FILTERED
                : failed.cause(),
            failed.status(),
            failed.detail(),
            failed.body(),
            LimitSignals.NONE,
            Duration.ZERO)
        : attempt;
  }

  Optional<Tokens> billed(Tokens billed) {
    return Optional.of(this == TOKENS_FORGOTTEN ? new Tokens(0, 1) : billed);
  }
}
