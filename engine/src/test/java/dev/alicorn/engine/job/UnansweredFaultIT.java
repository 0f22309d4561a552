package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.explain.UnknownCalls;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.Money;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Calls that were sent and never fully answered: nobody knows whether they were billed, so they
/// are repeated at most twice, or never.
class UnansweredFaultIT {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  private static final List<Fault> FAULTS =
      List.of(
          new Fault.Hang(),
          new Fault.Wire(Bytes.utf8("HTTP/1.1 200 O")),
          new Fault.Wire(Bytes.utf8("HTTP/1.1 200 OK\r\nContent-Type: application/js")),
          new Fault.HangMidBody(),
          new Fault.Drop(),
          new Fault.ResetMidBody(),
          new Fault.Trickle(Duration.ofMillis(100)));

  @Test
  void aCallThatFailsOnceIsMadeAgain() throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint = endpoint(once(FAULTS))) {
      assertThat(job(endpoint).on(time).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 8L));
      assertThat(endpoint.ledger().requests()).isEqualTo(8 + 7);
    }
    assertThat(failures())
        .hasSize(7)
        .allMatch(failed -> failed.cause().consequence() == FailureCause.Consequence.REPEAT);
    List<UnknownCalls.Unknown> listed = unknownCalls();
    assertThat(listed)
        .extracting(UnknownCalls.Unknown::record)
        .containsExactlyElementsOf(failures().stream().map(CallFailed::record).toList());
    assertThat(listed).allMatch(call -> !call.possiblePrice().equals(Money.NONE));
    assertThat(UnknownCalls.forEach(folder.resolve("job/journal"), _ -> {}).rounded(9))
        .as("seven times the price of a call in the mean")
        .isEqualTo(listed.getFirst().possiblePrice().times(7, 1).rounded(9));
  }

  @Test
  void aCallThatAlwaysFailsIsMadeThreeTimes() throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            endpoint(
                FaultPlan.byKey(
                    List.of(
                        FaultPlan.always(new Fault.Hang()),
                        FaultPlan.always(new Fault.Drop()),
                        FaultPlan.always(new Fault.ResetMidBody()))))) {
      Map<String, Long> captions = job(endpoint).on(time).completed().dataset().captions();

      assertThat(captions).containsEntry("exported", 5L);
      assertThat(captions.keySet())
          .isSubsetOf("exported", "failed(unknown_outcome)", "failed(cut_body)");
      assertThat(endpoint.ledger().requests()).isEqualTo(5 + 3 * 3);
    }
    assertThat(failures()).hasSize(3 * 3);
  }

  @Test
  void whereNothingMayBeRepeatedTheRowIsParked() throws Exception {
    try (ScriptedEndpoint endpoint = endpoint(FaultPlan.always(new Fault.Hang()).onFirstKeys(2))) {
      assertThat(job(endpoint).with("repeat = never").completed().dataset().captions())
          .isEqualTo(Map.of("exported", 6L, "parked", 2L));
      assertThat(endpoint.ledger().requests()).isEqualTo(8);
    }
    assertThat(unknownCalls())
        .hasSize(2)
        .allMatch(call -> call.why().startsWith("unknown_outcome: "));
  }

  @Test
  void aByteASecondIsNoAnswerAndWhatCameIsKept() throws Exception {
    try (ScriptedEndpoint endpoint =
        endpoint(FaultPlan.onAttempts(new Fault.Trickle(Duration.ofMillis(100))).onFirstKeys(1))) {
      assertThat(job(endpoint).completed().dataset().captions()).isEqualTo(Map.of("exported", 8L));
    }
    CallFailed failed = failures().getFirst();
    assertThat(failed.cause()).isEqualTo(FailureCause.UNKNOWN_OUTCOME);
    assertThat(failed.detail()).contains("within 2000 ms");
    assertThat(failed.latency()).isLessThan(DEADLINE.multipliedBy(10));
    assertThat("{\"id\":\"chatcmpl-scripted\"").startsWith(failed.body().utf8());
    assertThat(failed.body().length()).isPositive();
  }

  private TestJob job(ScriptedEndpoint endpoint) {
    return BENCH.job(folder, endpoint).ofSeeds(8).inFlight(8).callDeadline(DEADLINE);
  }

  private List<UnknownCalls.Unknown> unknownCalls() throws Exception {
    List<UnknownCalls.Unknown> listed = new ArrayList<>();
    UnknownCalls.forEach(folder.resolve("job/journal"), listed::add);
    return listed;
  }

  private static FaultPlan once(List<Fault> faults) {
    return FaultPlan.byKey(faults.stream().map(fault -> FaultPlan.onAttempts(fault)).toList());
  }

  private List<CallFailed> failures() throws Exception {
    return Accounts.facts(folder.resolve("job/journal")).stream()
        .filter(CallFailed.class::isInstance)
        .map(CallFailed.class::cast)
        .toList();
  }

  private static ScriptedEndpoint endpoint(FaultPlan plan) {
    return ScriptedEndpoint.scripted().suffering(plan).start();
  }
}
