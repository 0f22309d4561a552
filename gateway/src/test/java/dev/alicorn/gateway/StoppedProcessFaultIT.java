package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGSTOP at a job with calls in flight, SIGCONT when their deadline is over, as a laptop that was
/// shut does: what was answered meanwhile is kept or its outcome is unknown, and the job goes on.
class StoppedProcessFaultIT {
  private static final int SEEDS = 40;
  private static final int IN_FLIGHT_MAX = 8;
  private static final Duration CALL_DEADLINE = Duration.ofSeconds(4);

  @TempDir private Path folder = Path.of("");

  @Test
  void aJobThatStoodStillGoesOn() throws Exception {
    CaptionJob job = new CaptionJob(folder, SEEDS);
    CompletableFuture<Void> gate = new CompletableFuture<>();
    FaultPlan held = FaultPlan.onAttempts(new Fault.Held(gate)).afterFirstKeys(10);
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().suffering(held).start()) {
      job.write(
          endpoint,
          "max_in_flight = %d, call_deadline = %ds"
              .formatted(IN_FLIGHT_MAX, CALL_DEADLINE.toSeconds()));
      CallLedger ledger = endpoint.ledger();
      try (AlicornProcess process = job.start()) {
        CaptionJob.await(process, () -> ledger.inFlight() == IN_FLIGHT_MAX);
        process.signal("STOP");
        Duration stopped = ledger.sinceStart();
        gate.complete(null);
        CaptionJob.await(
            process,
            () ->
                ledger.inFlight() == 0
                    && ledger.sinceStart().minus(stopped).compareTo(CALL_DEADLINE) > 0);
        process.signal("CONT");
        AlicornProcess.Ended end = process.end();
        assertThat(end.exitCode()).as(end.output()).isZero();
      }
      List<LlmReplied> replies = job.facts(EventType.LLM_REPLIED, LlmReplied.class);
      List<CallFailed> failures = job.facts(EventType.CALL_FAILED, CallFailed.class);
      assertThat(replies)
          .as("a reply that is kept is not asked for again")
          .hasSize(SEEDS)
          .extracting(LlmReplied::key)
          .doesNotHaveDuplicates();
      assertThat(failures)
          .extracting(CallFailed::cause)
          .allMatch(
              cause -> cause == FailureCause.UNKNOWN_OUTCOME || cause == FailureCause.CUT_BODY);
      assertThat((long) replies.size() + failures.size())
          .as("each call is in the journal")
          .isEqualTo(ledger.requests());
    }
    job.assertAllExported();
  }
}
