package dev.alicorn.engine.explain;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.judge.Account;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.ledger.Ledger;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.replay.JobHeader;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallFailed;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.Money;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The calls of a job that may have been billed and do not say so, each with what it may have cost.
///
/// The journal is read twice, since a call is priced at the mean of all of its stage. Memory is
/// that of the calls that have no answer, which were in flight at kills.
public final class UnknownCalls {
  private static final Set<EventType> WANTED =
      EnumSet.of(EventType.CALL_STARTED, EventType.LLM_REPLIED, EventType.CALL_FAILED);

  private final Bindings bindings;
  private final Statement statement;
  private final Consumer<Unknown> consumer;
  private final Map<Call, Unknown> unanswered = new LinkedHashMap<>();

  private record Call(RecordId record, Stage stage) {}

  private UnknownCalls(Bindings bindings, Statement statement, Consumer<Unknown> consumer) {
    this.bindings = bindings;
    this.statement = statement;
    this.consumer = consumer;
  }

  /// One call whose bill is not known.
  ///
  /// @param seq of the fact that says so, or of the intent that nothing followed
  /// @param why it is not known
  /// @param possiblePrice the mean of its stage's calls whose bill is known; nothing where none is
  public record Unknown(
      long seq,
      RecordId record,
      Stage stage,
      int ask,
      String endpoint,
      String why,
      Money possiblePrice) {}

  /// Hands over each such call in the order of their facts, those without an answer last.
  ///
  /// @return the sum of what they may have cost
  public static Money forEach(Path journalFolder, Consumer<Unknown> consumer)
      throws JournalException, ConfigException {
    JobHeader header;
    try (JournalCursor cursor = JournalReader.open(journalFolder)) {
      header = JobHeader.read(cursor).withLater(cursor);
    }
    if (header.job().isEmpty()) {
      return Money.NONE;
    }
    Bindings bindings =
        Bindings.of(
            JobSpecJson.read(header.job().get().specJson()), header.endpoints(), header.encoder());
    Ledger ledger = new Ledger(bindings);
    read(journalFolder, (_, call) -> ledger.add(call));
    Statement statement = ledger.statement();
    UnknownCalls listing = new UnknownCalls(bindings, statement, consumer);
    read(journalFolder, listing::add);
    listing.unanswered.values().forEach(consumer);
    return statement.possiblePrice();
  }

  private interface Reader {
    void read(long seq, CallEvent call);
  }

  private static void read(Path journalFolder, Reader reader) throws JournalException {
    try (JournalCursor cursor = JournalReader.open(journalFolder)) {
      for (JournalEntry entry = cursor.next(WANTED); entry != null; entry = cursor.next(WANTED)) {
        reader.read(entry.seq(), (CallEvent) entry.event());
      }
    }
  }

  private void add(long seq, CallEvent fact) {
    Call call = new Call(fact.record(), fact.stage());
    switch (fact) {
      case CallStarted _ ->
          unanswered.put(
              call, unknown(seq, fact, "no answer: the program ended while it was in flight"));
      case CallFailed failed -> {
        unanswered.remove(call);
        tell(
            seq,
            fact,
            failed.cause().key() + (failed.detail().isEmpty() ? "" : ": " + failed.detail()));
      }
      case LlmReplied _ -> {
        unanswered.remove(call);
        tell(seq, fact, "the reply says nothing of its usage");
      }
    }
  }

  private void tell(long seq, CallEvent fact, String why) {
    if (Account.of(fact, bindings).unknown() > 0) {
      consumer.accept(unknown(seq, fact, why));
    }
  }

  private Unknown unknown(long seq, CallEvent fact, String why) {
    return new Unknown(
        seq,
        fact.record(),
        fact.stage(),
        fact.ask(),
        fact.endpoint(),
        why,
        statement.of(fact.stage()).meanPrice());
  }
}
