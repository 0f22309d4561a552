package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.engine.scripted.Fault;
import dev.alicorn.engine.scripted.FaultPlan;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Complete bodies with status 200 that hold no answer: each is journaled as it came, asked for
/// again at most twice, and never read beyond the limits.
class MalformedBodyFaultIT {
  private static final int BOMB_BYTES = 100 << 20;

  /// @param said what the row's detail says of it
  private record Case(Fault fault, String said) {}

  private static final List<Case> CASES =
      List.of(
          new Case(new Fault.MalformedJson(), "not JSON"),
          new Case(Fault.body(""), "no JSON object"),
          new Case(Fault.body("<html><body>Bad gateway</body></html>"), "not JSON"),
          new Case(Fault.body("{}{}"), "not JSON"),
          new Case(
              new Fault.Verbatim(
                  "application/json", Bytes.wrap(new byte[] {'{', (byte) 0xC3, '('}), Map.of()),
              "not UTF-8"),
          new Case(Fault.body("[".repeat(10_000) + "]".repeat(10_000)), "nesting depth"),
          new Case(
              Fault.body("{\"usage\":{\"prompt_tokens\":" + "9".repeat(1_000_000) + "}}"),
              "Number value length"),
          new Case(
              new Fault.Verbatim("application/json", bomb(), Map.of("Content-Encoding", "gzip")),
              "gzip"),
          new Case(Fault.body("{\"error\":{\"message\":\"engine overloaded\"}}"), "overloaded"),
          new Case(
              new Fault.Verbatim(
                  "text/event-stream",
                  Bytes.utf8(
                      """
                      data: {"choices":[{"delta":{"content":"A pier"}}]}

                      data: {"error":{"message":"engine overloaded"}}

                      """),
                  Map.of()),
              "event stream"));

  @RegisterExtension static final JobBench BENCH = new JobBench();

  @TempDir private Path folder = Path.of("");

  @Test
  void eachIsKeptRepeatedTwiceAndSaysWhatItIs() throws Exception {
    try (VirtualTime time = new VirtualTime();
        ScriptedEndpoint endpoint =
            ScriptedEndpoint.scripted()
                .suffering(
                    FaultPlan.byKey(
                        CASES.stream().map(it -> FaultPlan.always(it.fault())).toList()))
                .start()) {
      assertThat(
              BENCH
                  .job(folder, endpoint)
                  .ofSeeds(CASES.size() + 2)
                  .inFlight(1)
                  .on(time)
                  .completed()
                  .dataset()
                  .captions())
          .isEqualTo(Map.of("exported", 2L, "failed(unusable_reply)", (long) CASES.size()));
      assertThat(endpoint.ledger().requests()).isEqualTo(3L * CASES.size() + 2);
    }
    List<LlmReplied> replies = replies();
    for (int i = 0; i < CASES.size(); i++) {
      Case it = CASES.get(i);
      for (LlmReplied reply : replies.subList(3 * i, 3 * i + 3)) {
        if (it.fault() instanceof Fault.Verbatim sent) {
          assertThat(reply.body()).as(it.said()).isEqualTo(sent.body());
        }
        Envelope read = Envelope.read(reply.body(), WireFormat.OPENAI_CHAT);
        assertThat(read).isInstanceOf(Envelope.Unusable.class);
        assertThat(((Envelope.Unusable) read).detail()).contains(it.said());
      }
    }
  }

  @Test
  void aHugeBodyIsCutAndNotAskedForAgain() throws Exception {
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted()
            .suffering(FaultPlan.always(new Fault.HugeBody(100 << 20)).onFirstKeys(1))
            .start()) {
      assertThat(BENCH.job(folder, endpoint).completed().dataset().captions())
          .isEqualTo(Map.of("exported", 5L, "failed(body_too_large)", 1L));
      assertThat(endpoint.ledger().requests()).isEqualTo(6);
    }
    assertThat(Accounts.facts(folder.resolve("job/journal")))
        .filteredOn(CallFailed.class::isInstance)
        .singleElement()
        .satisfies(failed ->
            assertThat(((CallFailed) failed).body().length()).isEqualTo(TestJob.BODY_BYTES_MAX));
  }

  @Test
  void tokensThatNobodyCanHaveUsedAreNotBilled() throws Exception {
    String most = Long.toString(Long.MAX_VALUE);
    Fault absurd =
        Fault.body(
            "{\"choices\":[{\"message\":{\"content\":\"A long pier reaches out into a calm sea.\"},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":"
                + most
                + ",\"completion_tokens\":"
                + most
                + "}}");
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().suffering(FaultPlan.always(absurd).onFirstKeys(2)).start()) {
      JobEnd.Completed end =
          BENCH.job(folder, endpoint).with("budget { tokens = 100k, money = 5 }").completed();

      assertThat(end.dataset().captions()).isEqualTo(Map.of("exported", 6L));
      assertThat(end.bill().usage().total()).isLessThan(100_000);
    }
  }

  private List<LlmReplied> replies() throws Exception {
    return Accounts.facts(folder.resolve("job/journal")).stream()
        .filter(LlmReplied.class::isInstance)
        .map(LlmReplied.class::cast)
        .toList();
  }

  /// 100 MiB of zeros as 100 kB of gzip.
  private static Bytes bomb() {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(small)) {
      byte[] zeros = new byte[1 << 20];
      for (int sent = 0; sent < BOMB_BYTES; sent += zeros.length) {
        gzip.write(zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.wrap(small.toByteArray());
  }
}
