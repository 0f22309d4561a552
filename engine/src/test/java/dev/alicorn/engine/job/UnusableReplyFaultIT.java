package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Well-formed replies without a usable text: empty choices, null content, and finish reasons other
/// than those on the list.
class UnusableReplyFaultIT {
  private static final List<Fault> UNUSABLE =
      List.of(
          new Fault.EmptyChoices(),
          new Fault.NullContent(),
          new Fault.FinishReason("abort"),
          new Fault.FinishReason("engine_shutdown"));

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @Test
  void oneIsAskedForAgain() throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            endpoint(UNUSABLE.stream().map(fault -> FaultPlan.onAttempts(fault)).toList())) {
      assertThat(BENCH.job(folder, endpoint).on(time).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 6L));
      assertThat(endpoint.ledger().completions()).as("each was paid for").isEqualTo(6 + 4);
    }
  }

  @Test
  void threeFailTheRowAndAreAllBilled() throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            endpoint(UNUSABLE.stream().map(fault -> FaultPlan.always(fault)).toList())) {
      assertThat(BENCH.job(folder, endpoint).on(time).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 2L, "failed(unusable_reply)", 4L));
      assertThat(endpoint.ledger().completions()).isEqualTo(2 + 4 * 3);
    }
  }

  @Test
  void aReplyThatWasCutAtItsLengthIsKept() throws Exception {
    try (ScriptedEndpoint endpoint =
        endpoint(List.of(FaultPlan.always(new Fault.FinishReason("length"))))) {
      assertThat(BENCH.job(folder, endpoint).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 6L));
      assertThat(endpoint.ledger().requests()).isEqualTo(6);
    }
  }

  @Test
  void aFilteredReplyIsNotAskedForAgain() throws Exception {
    try (ScriptedEndpoint endpoint =
        endpoint(List.of(FaultPlan.always(new Fault.FinishReason("content_filter"))))) {
      assertThat(BENCH.job(folder, endpoint).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 5L, "rejected(refusal)", 1L));
      assertThat(endpoint.ledger().requests()).isEqualTo(6);
    }
  }

  private static ScriptedEndpoint endpoint(List<FaultPlan> plans) {
    return ScriptedEndpoint.scripted().suffering(FaultPlan.byKey(plans)).start();
  }
}
