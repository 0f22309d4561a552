package dev.alicorn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM at a job of the command line, whatever it does at that time: it ends by itself, no reply
/// that came is lost, and the same command goes on (P12).
class SignalFaultIT {
  private static final int IN_FLIGHT_MAX = 8;
  private static final String LIMIT = "max_in_flight = " + IN_FLIGHT_MAX;

  /// What a shell is told of a process that a SIGTERM has ended, drained or not.
  private static final int TERMINATED = 143;

  @TempDir private Path folder = Path.of("");
  private CaptionJob job = new CaptionJob(folder, 0);

  @BeforeEach
  void makeJob() {
    job = new CaptionJob(folder, 40);
  }

  @Test
  void whileItWaitsForAnEndpoint() throws Exception {
    Fault tomorrow = new Fault.Status(429, "{}", Map.of("Retry-After", "36000"));
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.always(tomorrow)).start()) {
      job.write(endpoint, LIMIT);
      try (AlicornProcess process = job.start()) {
        CaptionJob.await(process, () -> endpoint.ledger().limitedRequests() > 0);
        CaptionJob.await(process, () -> endpoint.ledger().inFlight() == 0);
        process.terminate();
        AlicornProcess.Ended end = process.end();
        assertThat(end.exitCode()).as(end.output()).isEqualTo(TERMINATED);
      }
      endpoint.suffers(FaultPlan.NONE);
      job.complete();
    }
  }

  @Test
  void moreThanOnceWhileCallsAreInFlight() throws Exception {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    FaultPlan held = FaultPlan.always(new Fault.Held(gate)).afterFirstKeys(10);
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().suffering(held).start()) {
      job.write(endpoint, LIMIT);
      try (AlicornProcess process = job.start()) {
        CaptionJob.await(process, () -> endpoint.ledger().inFlight() == IN_FLIGHT_MAX);
        for (int signal = 0; signal < 3; signal++) {
          process.terminate();
          CaptionJob.await(process, () -> process.output().contains("interrupted: waiting"));
        }
        gate.complete(null);
        AlicornProcess.Ended end = process.end();
        assertThat(end.exitCode()).as(end.output()).isEqualTo(TERMINATED);
        assertThat(end.output()).contains("is paused: it was interrupted", "nothing is lost");
      }
      assertThat(replies())
          .as("each reply that came")
          .hasSize(Math.toIntExact(endpoint.ledger().requests()));
      job.complete();
      assertThat(endpoint.ledger().calls().values())
          .as("no call was made twice")
          .extracting(CallLedger.Call::requests)
          .containsOnly(1);
    }
  }

  /// Signals from the moment on in which the journal is named, before anybody handles them.
  @Test
  void whileItReadsItsJournalBack() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    Fault tomorrow = new Fault.Status(429, "{}", Map.of("Retry-After", "36000"));
    FaultPlan limited = FaultPlan.always(tomorrow).afterFirstKeys(30);
    try (ScriptedEndpoint endpoint = ScriptedEndpoint.scripted().suffering(limited).start()) {
      job.write(endpoint, LIMIT);
      try (AlicornProcess process = job.start()) {
        CaptionJob.await(process, () -> endpoint.ledger().limitedRequests() > 0);
        process.terminate();
        process.end();
      }
      assertThat(replies()).isNotEmpty();
      endpoint.suffers(FaultPlan.NONE);
      for (int start = 0; start < 3; start++) {
        try (AlicornProcess process = job.start()) {
          CaptionJob.await(process, () -> process.output().contains("journal in "));
          process.endsWithin(random.nextInt(150), TimeUnit.MILLISECONDS);
          process.terminate();
          AlicornProcess.Ended end = process.end();
          assertThat(end.exitCode()).as("seed %s: %s", seed, end.output()).isIn(0, TERMINATED);
        }
      }
      job.complete();
      assertThat(replies())
          .as("seed %s: each reply is journaled once", seed)
          .hasSize(endpoint.ledger().calls().size())
          .extracting(LlmReplied::key)
          .doesNotHaveDuplicates();
    }
  }

  private List<LlmReplied> replies() throws Exception {
    return job.facts(EventType.LLM_REPLIED, LlmReplied.class);
  }
}
