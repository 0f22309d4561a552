package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// One call that takes its time among fast ones.
class SlowKeyFaultIT {
  private static final int SEEDS = 60;

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @Test
  void nobodyWaitsForTheSlowCall() throws Exception {
    CompletableFuture<Void> allOthersCame = new CompletableFuture<>();
    Set<String> seen = ConcurrentHashMap.newKeySet();
    FaultPlan held = FaultPlan.always(new Fault.Held(allOthersCame)).onFirstKeys(1);
    FaultPlan watched =
        (key, attempt) -> {
          seen.add(key);
          if (seen.size() == SEEDS) {
            allOthersCame.complete(null);
          }
          return held.faultOf(key, attempt);
        };
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().suffering(watched).start()) {
      JobEnd.Completed end = BENCH.job(folder, endpoint).ofSeeds(SEEDS).inFlight(2).completed();

      assertThat(end.dataset().captions()).isEqualTo(Map.of("exported", (long) SEEDS));
      assertThat(endpoint.ledger().requests()).as("nothing timed out").isEqualTo(SEEDS);
      assertThat(endpoint.ledger().inFlightMax()).isLessThanOrEqualTo(2);
    }
  }
}
