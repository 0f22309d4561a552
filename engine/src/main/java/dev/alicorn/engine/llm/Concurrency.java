package dev.alicorn.engine.llm;

/// How many calls may be in flight: additive increase, multiplicative decrease.
///
/// A quarter less once per congestion event, that is, for the first 429 of a call that was let
/// through after the last decrease; one more for each 25 successes.
final class Concurrency {
  private static final double DECREASE = 0.75;
  private static final int SUCCESSES_PER_INCREASE = 25;

  private final int max;
  private double window;
  private int successes;
  private long decreasedBefore;

  Concurrency(int max) {
    this.max = max;
    window = max;
  }

  int allowed() {
    return Math.max(1, (int) window);
  }

  void succeeded() {
    successes++;
    if (successes >= SUCCESSES_PER_INCREASE) {
      successes = 0;
      window = Math.min(max, window + 1);
    }
  }

  /// A call met congestion.
  ///
  /// @param call its number, growing from call to call
  /// @param nextCall the number of the call that will be let through next
  /// @return whether this is a new congestion event
  boolean congested(long call, long nextCall) {
    if (call < decreasedBefore) {
      return false;
    }
    decreasedBefore = nextCall;
    successes = 0;
    window = Math.max(1, window * DECREASE);
    return true;
  }
}
