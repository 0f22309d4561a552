package dev.alicorn.engine.llm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An endpoint among those that a scheduler looks after: its limits, whose turn it is there, and
/// whether it takes more calls in the pass that is being made.
final class Member {
  private final String name;
  private final int weight;
  private final Limits limits;
  private final FlowTurns turns = new FlowTurns();
  private long shutIn;
  private long shutToBudgetedIn;
  private Decision.@Nullable Wait held;

  Member(String name, int weight, Limits limits) {
    this.name = name;
    this.weight = weight;
    this.limits = limits;
  }

  String name() {
    return name;
  }

  int weight() {
    return weight;
  }

  Limits limits() {
    return limits;
  }

  FlowTurns turns() {
    return turns;
  }

  boolean open(long pass, boolean toBudgeted) {
    return shutIn != pass && !(toBudgeted && shutToBudgetedIn == pass);
  }

  /// Takes no more calls in this pass, or none that draws on the retry budget if these alone are
  /// held back.
  void shut(long pass, Decision.Wait wait) {
    if (wait.reason() == WaitReason.RETRY_BUDGET) {
      shutToBudgetedIn = pass;
    } else {
      shutIn = pass;
    }
    held = wait;
  }

  /// What held the last call back in a pass.
  Optional<Decision.Wait> held(long pass) {
    return shutIn == pass || shutToBudgetedIn == pass
        ? Optional.ofNullable(held)
        : Optional.empty();
  }
}
