package dev.alicorn.engine.llm;

import java.util.Optional;

/// What an endpoint may be asked for within a minute: requests, and tokens together, in and out.
///
/// A call takes its request and its tokens at once. Tokens are taken at the caller's estimate times
/// the share of estimates that was really billed of late, and settled with what was billed. So over
/// any minute the requests never pass their limit, and the tokens pass theirs by no more than the
/// calls in flight are billed above that share; half a percent of the tokens is left free for it.
final class Quota {
  private static final double TOKENS_USED = 0.995;
  private static final double SHARE_WEIGHT = 1.0 / 32;
  private static final double SHARE_MIN = 0.02;
  private static final double SHARE_MAX = 2;

  private final AdvertisedLimit requests;
  private final AdvertisedLimit tokens;
  private final AdvertisedLimit input;
  private final AdvertisedLimit output;
  private double inputShare = 1;
  private double outputShare = 1;

  /// What a call has taken, and where it stands in each minute.
  record Taken(
      Tokens estimate,
      Tokens expected,
      long requestSlot,
      long tokenSlot,
      long inputSlot,
      long outputSlot) {}

  Quota(LimitSettings settings, long now) {
    requests = new AdvertisedLimit(settings.requestsPerMinute(), 1, now);
    tokens = new AdvertisedLimit(settings.tokensPerMinute(), TOKENS_USED, now);
    input = new AdvertisedLimit(settings.inputTokensPerMinute(), TOKENS_USED, now);
    output = new AdvertisedLimit(settings.outputTokensPerMinute(), TOKENS_USED, now);
  }

  /// What a call with this estimate must wait for first, if anything.
  Optional<Decision.Wait> blocks(Tokens estimate, long now) {
    Tokens expected = expected(estimate);
    return wait(requests, 1, WaitReason.REQUESTS_PER_MINUTE, now)
        .or(() -> wait(tokens, expected.total(), WaitReason.TOKENS_PER_MINUTE, now))
        .or(() -> wait(input, expected.input(), WaitReason.INPUT_TOKENS_PER_MINUTE, now))
        .or(() -> wait(output, expected.output(), WaitReason.OUTPUT_TOKENS_PER_MINUTE, now));
  }

  private static Optional<Decision.Wait> wait(
      AdvertisedLimit limit, long amount, WaitReason reason, long now) {
    long fits = limit.whenFits(amount, now);
    return fits > now ? Optional.of(new Decision.Wait(fits, reason)) : Optional.empty();
  }

  Taken take(Tokens estimate, long now) {
    Tokens expected = expected(estimate);
    return new Taken(
        estimate,
        expected,
        requests.take(1, now),
        tokens.take(expected.total(), now),
        input.take(expected.input(), now),
        output.take(expected.output(), now));
  }

  /// Puts what a call was billed for in the place of what it took.
  void settle(Taken taken, Tokens billed, long now) {
    tokens.settle(taken.tokenSlot(), taken.expected().total(), billed.total(), now);
    input.settle(taken.inputSlot(), taken.expected().input(), billed.input(), now);
    output.settle(taken.outputSlot(), taken.expected().output(), billed.output(), now);
  }

  /// Takes back a call that was not made.
  void restore(Taken taken, long now) {
    requests.settle(taken.requestSlot(), 1, 0, now);
    settle(taken, Tokens.NONE, now);
  }

  /// Learns from a reply how much of an estimate is billed.
  void learn(Tokens estimate, Tokens billed) {
    inputShare = nearer(inputShare, estimate.input(), billed.input());
    outputShare = nearer(outputShare, estimate.output(), billed.output());
  }

  private static double nearer(double share, long estimate, long billed) {
    double seen = billed / (double) Math.max(1, estimate);
    return Math.clamp(share + (seen - share) * SHARE_WEIGHT, SHARE_MIN, SHARE_MAX);
  }

  /// Takes in what response headers say of the limits.
  ///
  /// @param replied whether the call went well
  /// @return nanoseconds that the endpoint wants to be left alone for
  long heed(LimitSignals signals, boolean replied, long now) {
    boolean retryAfterToo = replied || signals.retryAfter().isPresent();
    long wait = signals.retryAfter().map(after -> after.toNanos()).orElse(0L);
    wait = Math.max(wait, heed(requests, signals.requests(), retryAfterToo, now));
    wait = Math.max(wait, heed(tokens, signals.tokens(), retryAfterToo, now));
    wait = Math.max(wait, heed(input, signals.inputTokens(), retryAfterToo, now));
    return Math.max(wait, heed(output, signals.outputTokens(), retryAfterToo, now));
  }

  private static long heed(
      AdvertisedLimit limit,
      Optional<LimitSignals.Window> window,
      boolean retryAfterToo,
      long now) {
    return window.isEmpty() ? 0 : limit.heed(window.get(), retryAfterToo, now);
  }

  private Tokens expected(Tokens estimate) {
    return new Tokens(
        Math.max(1, Math.round(estimate.input() * inputShare)),
        Math.max(1, Math.round(estimate.output() * outputShare)));
  }

  /// Whether the tokens that a reply was billed for are of use to `settle`.
  boolean metersTokens() {
    return tokens.present() || input.present() || output.present();
  }

  Optional<EndpointSnapshot.Limit> requestsPerMinute() {
    return requests.limit();
  }

  Optional<EndpointSnapshot.Limit> tokensPerMinute() {
    return tokens.limit();
  }

  Optional<EndpointSnapshot.Limit> inputTokensPerMinute() {
    return input.limit();
  }

  Optional<EndpointSnapshot.Limit> outputTokensPerMinute() {
    return output.limit();
  }
}
