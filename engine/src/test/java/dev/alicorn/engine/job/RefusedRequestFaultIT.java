package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// 400 and its like: the same request would be refused again, so that its row has failed; where
/// everything is refused, the run pauses before many have.
class RefusedRequestFaultIT {
  private static final int IN_FLIGHT_MAX = 4;

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @Test
  void aRefusedRequestIsNotMadeAgain() throws Exception {
    List<FaultPlan> plans =
        List.of(
            FaultPlan.always(Fault.status(400)),
            FaultPlan.always(Fault.status(413)),
            FaultPlan.always(Fault.status(422)),
            FaultPlan.always(Fault.contentFiltered()));
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.byKey(plans)).start()) {
      assertThat(BENCH.job(folder, endpoint).completed().dataset().captions())
          .isEqualTo(
              Map.of(
                  "exported", 2L, "failed(refused_request)", 3L, "failed(content_filtered)", 1L));
      assertThat(endpoint.ledger().requests()).isEqualTo(6);
    }
  }

  @Test
  void whereEverythingIsRefusedTheRunPauses() throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.always(Fault.status(400))).start()) {
      TestJob job = BENCH.job(folder, endpoint).ofSeeds(200).inFlight(IN_FLIGHT_MAX);

      JobEnd.Paused paused = job.paused();
      assertThat(paused.reason()).isEqualTo(PauseReason.ENDPOINT);
      assertThat(paused.detail())
          .contains("nothing but failures", "refused_request 400", "scripted status 400");
      long lost = paused.progress().captionsLost();
      assertThat(lost).isBetween(20L, 20L + IN_FLIGHT_MAX - 1);

      endpoint.suffers(FaultPlan.NONE);
      assertThat(job.completed().dataset().captions())
          .isEqualTo(Map.of("exported", 200 - lost, "failed(refused_request)", lost));
    }
  }
}
