package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Bodies that end too early or too late for what HTTP said of them: what came is kept, the call is
/// made again at most twice, and no row gets a part of another's reply.
class CutBodyFaultIT {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  private static final String LAST = "Connection: close\r\n";
  private static final String FOREIGN =
      "{\"choices\":[{\"message\":{\"content\":\"A FOREIGN pier reaches out into the calm sea.\"},"
          + "\"finish_reason\":\"stop\"}]}";

  private static final List<Fault> FAULTS =
      List.of(
          new Fault.CutBody(),
          new Fault.CutChunks(),
          wire(LAST + "Content-Length: 20\r\n\r\n" + FOREIGN),
          wire(LAST + "Content-Length: -1\r\n\r\n" + FOREIGN),
          wire(LAST + "Content-Length: 5\r\nContent-Length: 7\r\n\r\n" + FOREIGN),
          wire(LAST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + FOREIGN),
          new Fault.Wire(Bytes.utf8("SSH-2.0-OpenSSH_9.6\r\n")));

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @Test
  void aCutBodyIsAskedForAgain() throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            endpoint(FAULTS.stream().map(fault -> FaultPlan.onAttempts(fault)).toList())) {
      assertThat(job(endpoint, 9).on(time).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 9L));
      assertThat(endpoint.ledger().requests()).isEqualTo(9 + 7);
    }
    assertThat(failures().stream().filter(failed -> failed.cause() == FailureCause.CUT_BODY))
        .as("what came of the two cut ones is kept")
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(failed -> failed.body().length() > 0 || failed.status() == 200);
  }

  @Test
  void aBodyThatIsAlwaysCutFailsItsRowAtTheThirdTime() throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            endpoint(FAULTS.stream().map(fault -> FaultPlan.always(fault)).toList())) {
      Map<String, Long> captions = job(endpoint, 9).on(time).completed().dataset().captions();

      assertThat(captions).containsEntry("exported", 2L);
      assertThat(captions.keySet())
          .isSubsetOf(
              "exported", "failed(cut_body)", "failed(unknown_outcome)", "failed(unusable_reply)");
      assertThat(endpoint.ledger().requests()).isEqualTo(2 + 7 * 3);
    }
  }

  @Test
  void bytesBeyondAReplyAreNobodys() throws Exception {
    String own = FOREIGN.replace("FOREIGN", "rotten");
    Fault two = wire("Content-Length: " + own.length() + "\r\n\r\n" + own + FOREIGN);
    try (ScriptedEndpoint endpoint =
        endpoint(List.of(FaultPlan.onAttempts(two), FaultPlan.onAttempts(two)))) {
      // A request on the connection that is out of step is read by nobody, and in no ledger.
      JobEnd end = job(endpoint, 6).start().outcome().get(60, TimeUnit.SECONDS);
      assertThat(((JobEnd.Completed) end).dataset().captions()).isEqualTo(Map.of("exported", 6L));
    }
    assertThat(Accounts.facts(folder.resolve("job/journal")))
        .filteredOn(LlmReplied.class::isInstance)
        .noneMatch(reply -> ((LlmReplied) reply).body().utf8().contains("FOREIGN"));
  }

  private TestJob job(ScriptedEndpoint endpoint, int seeds) {
    return BENCH
        .job(folder, endpoint)
        .ofSeeds(seeds)
        .inFlight(1)
        .callDeadline(Duration.ofSeconds(4));
  }

  private List<CallFailed> failures() throws Exception {
    return Accounts.facts(folder.resolve("job/journal")).stream()
        .filter(CallFailed.class::isInstance)
        .map(CallFailed.class::cast)
        .toList();
  }

  private static Fault wire(String afterTheType) {
    return new Fault.Wire(Bytes.utf8(OK + afterTheType));
  }

  private static ScriptedEndpoint endpoint(List<FaultPlan> plans) {
    return ScriptedEndpoint.scripted().suffering(FaultPlan.byKey(plans)).start();
  }
}
