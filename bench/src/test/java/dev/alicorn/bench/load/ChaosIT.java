package dev.alicorn.bench.load;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.FailureCause;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chaos bench at a hundredth of its size.
class ChaosIT {
  private static final int CALLS = 10_000;
  private static final long SEED = 1;
  private static final Set<FailureCause> UNKNOWN_OUTCOMES =
      Set.of(FailureCause.UNKNOWN_OUTCOME, FailureCause.CUT_BODY);
  private static final Set<String> BREAKING_OFF =
      Stream.of(
              new Fault.Drop(),
              new Fault.Hang(),
              new Fault.HangMidBody(),
              new Fault.CutBody(),
              new Fault.CutChunks())
          .map(Fault::label)
          .collect(toUnmodifiableSet());

  @TempDir private Path folder = Path.of("");

  @Test
  void paysForHardlyMoreThanIsNeededAndKnowsToTheTokenForWhat() throws Exception {
    FaultPlan faults =
        FaultPlan.storms(
            ChaosRun.STORMS, ChaosRun.STORM_REQUESTS, SEED, FaultPlan.mix(ChaosRun.FAULTS, SEED));
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().suffering(faults).start()) {
      ChaosFigures figures = ChaosRun.of(endpoint.url(), CALLS, folder);

      long unheard = unheard(figures, endpoint);
      assertThat(figures.requestsOff())
          .as("seed %s, %s unheard: %s", SEED, unheard, figures)
          .isBetween(0L, unheard);
      assertThat(-figures.completionsOff())
          .as("seed %s, %s unheard: %s", SEED, unheard, figures)
          .isBetween(0L, unheard);
      assertThat(figures.tokensOff() == 0)
          .as("seed %s, %s unheard: %s", SEED, unheard, figures)
          .isEqualTo(figures.completionsOff() == 0);
      assertThat(figures.faultyShare()).as("seed %s: %s", SEED, figures).isBetween(0.27, 0.33);
      assertThat(figures.amplification()).as("seed %s: %s", SEED, figures).isBetween(1.0, 1.1);
      assertThat(figures.lost()).as("seed %s: %s", SEED, figures).isZero();
      assertThat(figures.duplicates()).as("seed %s: %s", SEED, figures).isZero();
    }
  }

  /// Calls that the journal lists with an unknown outcome although the endpoint did not break them
  /// off: on a machine that stalls, the deadline of a call can end before the endpoint reads it,
  /// which then has no such request, or before its answer is read, which is billed. No journal can
  /// know.
  private static long unheard(ChaosFigures figures, ScriptedEndpoint endpoint) {
    long listed =
        UNKNOWN_OUTCOMES.stream()
            .mapToLong(cause -> figures.faults().getOrDefault(cause.key(), 0L))
            .sum();
    long scripted =
        endpoint.ledger().arrivals().stream()
            .filter(arrival -> BREAKING_OFF.contains(arrival.outcome()))
            .count();
    assertThat(listed).as("calls with an unknown outcome").isGreaterThanOrEqualTo(scripted);
    return listed - scripted;
  }
}
