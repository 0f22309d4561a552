package dev.alicorn.bench.load;

import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.FailureCause;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.Usage;
import dev.alicorn.protocol.WireFormat;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The calls of a job's journal, folded from its first fact to its last.
final class JournalLedger {
  private static final Set<EventType> CALLS =
      Set.of(EventType.CALL_STARTED, EventType.LLM_REPLIED, EventType.CALL_FAILED);

  private final Map<Stage, BitSet> asked = new HashMap<>();
  private final Map<Stage, BitSet> answered = new HashMap<>();
  private final SortedMap<String, Long> faults = new TreeMap<>();
  private long attempts;
  private long retries;
  private long completions;
  private long duplicates;
  private Usage usage = Usage.NONE;

  private JournalLedger() {}

  static JournalLedger of(Path journal) throws JournalException {
    JournalLedger ledger = new JournalLedger();
    try (JournalCursor cursor = JournalReader.open(journal)) {
      for (JournalEntry entry = cursor.next(CALLS); entry != null; entry = cursor.next(CALLS)) {
        ledger.add((CallEvent) entry.event());
      }
    }
    return ledger;
  }

  private void add(CallEvent call) {
    switch (call) {
      case CallStarted _ -> {}
      case CallFailed failed -> {
        attempt(failed);
        faults.merge(failed.cause().key(), 1L, Long::sum);
      }
      case LlmReplied reply -> {
        attempt(reply);
        Envelope envelope = Envelope.read(reply.body(), WireFormat.OPENAI_CHAT);
        usage = usage.plus(envelope.usage());
        completions += envelope.usageReported() ? 1 : 0;
        switch (envelope) {
          case Envelope.Usable _, Envelope.Refused _ ->
              duplicates += first(answered, reply) ? 0 : 1;
          case Envelope.Unusable _ ->
              faults.merge(FailureCause.UNUSABLE_REPLY.key(), 1L, Long::sum);
        }
      }
    }
  }

  private void attempt(CallEvent call) {
    attempts++;
    retries += first(asked, call) ? 0 : 1;
  }

  private static boolean first(Map<Stage, BitSet> seen, CallEvent call) {
    BitSet records = seen.computeIfAbsent(call.stage(), _ -> new BitSet());
    int record = Math.toIntExact(call.record().ordinal());
    boolean first = !records.get(record);
    records.set(record);
    return first;
  }

  long attempts() {
    return attempts;
  }

  /// Attempts at a question after its first.
  long retries() {
    return retries;
  }

  /// Replies that say what they are billed.
  long completions() {
    return completions;
  }

  /// Answers to questions that had one.
  long duplicates() {
    return duplicates;
  }

  Usage usage() {
    return usage;
  }

  /// Attempts that gave no usable reply, by cause.
  SortedMap<String, Long> faults() {
    return faults;
  }
}
