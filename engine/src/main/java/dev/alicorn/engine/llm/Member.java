package dev.alicorn.engine.llm;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An endpoint among those that a scheduler looks after: its limits, whose turn it is there, and
/// whether it takes more calls in the pass that is being made.
final class Member {
  private final String name;
  private final int weight;
  private final Limits limits;
  private final FlowTurns turns = new FlowTurns();
  private final SortedMap<String, Long> answered = new TreeMap<>();
  private Duration repliesTook = Duration.ZERO;
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

  /// A call has ended.
  void count(LlmAnswer.Attempt attempt) {
    String outcome =
        switch (attempt) {
          case LlmAnswer.Replied replied -> {
            repliesTook = repliesTook.plus(replied.latency());
            yield EndpointSnapshot.REPLIED;
          }
          case LlmAnswer.Failed failed -> failed.cause().key();
        };
    answered.merge(outcome, 1L, Long::sum);
  }

  SortedMap<String, Long> answered() {
    return new TreeMap<>(answered);
  }

  Duration repliesTook() {
    return repliesTook;
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
