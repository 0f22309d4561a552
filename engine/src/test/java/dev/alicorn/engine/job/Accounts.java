package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.scripted.CallLedger;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.RecordId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// What must hold at the end of a run, whatever its endpoint did: each seed is there once, the
/// journal holds the calls that the endpoint saw and no others, the bill is the endpoint's, the
/// rows of a completed job add up, and the endpoint's key is in no file.
///
/// @param endpoints all that the job has called
record Accounts(Path folder, int seeds, List<ScriptedEndpoint> endpoints) {

  void check(JobEnd end) throws Exception {
    List<JournalEvent> facts = facts(folder.resolve("job/journal"));
    assertThat(records(facts)).as("each seed once").hasSize(seeds).doesNotHaveDuplicates();
    assertThat(calls(facts)).as("calls a key").isEqualTo(requests());
    assertThat(end.bill().calls()).as("calls").isEqualTo(sum(CallLedger::requests));
    assertThat(end.bill().usage().inputTokens()).isEqualTo(sum(CallLedger::promptTokens));
    assertThat(end.bill().usage().outputTokens()).isEqualTo(sum(CallLedger::completionTokens));
    if (end instanceof JobEnd.Completed completed) {
      assertThat(completed.dataset().captions().values().stream().mapToLong(n -> n).sum())
          .as("exported, rejected, failed and parked: %s", completed.dataset().captions())
          .isEqualTo(seeds);
    }
    assertNoKey();
  }

  /// All facts of a journal.
  static List<JournalEvent> facts(Path journal) throws Exception {
    List<JournalEvent> facts = new ArrayList<>();
    try (JournalCursor cursor = JournalReader.open(journal)) {
      for (JournalEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
        facts.add(entry.event());
      }
    }
    return facts;
  }

  private static List<RecordId> records(List<JournalEvent> facts) {
    return facts.stream()
        .filter(SeedAccepted.class::isInstance)
        .map(seed -> ((SeedAccepted) seed).record())
        .toList();
  }

  /// How often each call was made by the journal's account, the keys left out: ours and the
  /// endpoint's are different hashes.
  private static List<Integer> calls(List<JournalEvent> facts) {
    Map<CallKey, Integer> calls = new HashMap<>();
    for (JournalEvent fact : facts) {
      if (fact instanceof LlmReplied replied) {
        calls.merge(replied.key(), 1, Integer::sum);
      } else if (fact instanceof CallFailed failed && failed.cause() != FailureCause.NOT_SENT) {
        calls.merge(failed.key(), 1, Integer::sum);
      }
    }
    return calls.values().stream().sorted().toList();
  }

  private List<Integer> requests() {
    Map<String, Integer> requests = new HashMap<>();
    for (ScriptedEndpoint endpoint : endpoints) {
      endpoint
          .ledger()
          .calls()
          .forEach((key, call) -> requests.merge(key, call.requests(), Integer::sum));
    }
    return requests.values().stream().sorted().toList();
  }

  private long sum(ToLongFunction<CallLedger> account) {
    return endpoints.stream().mapToLong(endpoint -> account.applyAsLong(endpoint.ledger())).sum();
  }

  private void assertNoKey() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains(TestJob.KEY))
            .as("%s holds the key", file)
            .isFalse();
      }
    }
  }
}
