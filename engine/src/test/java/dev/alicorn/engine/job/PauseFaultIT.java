package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A job that is paused and taken up again at random moments, some of them before it has begun.
class PauseFaultIT {
  private static final int PAUSES = 6;
  private static final int SEEDS = 80;
  private static final int REQUESTS_A_RUN_MAX = 16;

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @Test
  void everyReplyOfACallInFlightIsKept() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    int paused = 0;
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().answeringAfter(Duration.ofMillis(8), 0.8).start()) {
      TestJob job = BENCH.job(folder, endpoint).ofSeeds(SEEDS).inFlight(5);
      for (int pause = 0; pause < PAUSES; pause++) {
        TestRun run = job.start();
        await(run, endpoint, endpoint.ledger().requests() + random.nextInt(REQUESTS_A_RUN_MAX));
        run.pause();
        // All accounts are checked at the end: no call is in the endpoint's ledger alone.
        paused += run.end() instanceof JobEnd.Paused ? 1 : 0;
      }
      JobEnd.Completed end = job.completed();

      assertThat(paused).as("seed %s", seed).isGreaterThanOrEqualTo(PAUSES / 2);
      assertThat(end.dataset().captions())
          .as("seed %s", seed)
          .isEqualTo(Map.of("exported", (long) SEEDS));
      assertThat(endpoint.ledger().calls().values())
          .as("seed %s: each call was made once", seed)
          .hasSize(SEEDS)
          .extracting(CallLedger.Call::requests)
          .containsOnly(1);
    }
  }

  private static void await(TestRun run, ScriptedEndpoint endpoint, long requests)
      throws Exception {
    while (endpoint.ledger().requests() < requests && !run.outcome().isDone()) {
      try {
        run.outcome().get(1, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        // It goes on.
      }
    }
  }
}
