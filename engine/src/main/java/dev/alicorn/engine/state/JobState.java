package dev.alicorn.engine.state;

import dev.alicorn.engine.journal.Bookmark;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.Position;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.SampleVerdict;
import dev.alicorn.engine.ledger.Ledger;
import dev.alicorn.engine.state.RecordTable.Status;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.EmbeddingFailed;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.JournalEvent.SeedRefused;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import dev.alicorn.protocol.JournalEvent.TextEmbedded;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a job's facts come to: its records settled through the [Judge], what its calls cost, how
/// far its seeds were read, how far its life is.
///
/// A job that opens folds its journal into it; from then on what each step settles goes into it as
/// well, so that a live state and one that is folded from the same facts are the same. Only the
/// facts of unsettled calls are held, which are at most those that were in flight. Not for use by
/// several threads.
public final class JobState {
  private final Judge judge;
  private final boolean streamed;
  private final Optional<ContentHash> encoder;
  private final RecordTable table;
  private final Tally tally;
  private final Settlements settlements;
  private final Captions captions;
  private final Ledger ledger;
  private final Map<Ledger.Call, List<CallEvent>> unsettled;
  private final Map<String, EndpointBound> endpoints;
  private final SeedIds seedIds;
  private SeedProgress seeds;
  private JobLife life;
  private @Nullable Bookmark end;

  /// The state before any fact.
  ///
  /// @param journal whose facts are going to be folded
  /// @param streamed whether its seeds are sent, perhaps with ids
  public JobState(Journal journal, Judge judge, Bindings bindings, boolean streamed) {
    this(
        journal,
        judge,
        bindings,
        streamed,
        new Snapshot.Content(
            JobLife.BEGUN,
            Map.of(),
            SeedProgress.NONE,
            new SeedIds(),
            new Tally(),
            new RecordTable(),
            Ledger.State.EMPTY,
            Map.of()));
  }

  /// The state that a snapshot has, which is taken over and not to be used again.
  public JobState(
      Journal journal, Judge judge, Bindings bindings, boolean streamed, Snapshot snapshot) {
    this(journal, judge, bindings, streamed, snapshot.content());
    this.end = snapshot.end();
  }

  private JobState(
      Journal journal, Judge judge, Bindings bindings, boolean streamed, Snapshot.Content content) {
    this.judge = judge;
    this.streamed = streamed;
    this.encoder = bindings.encoder().map(EncoderDescription::hash);
    this.table = content.table();
    this.tally = content.tally();
    this.settlements = new Settlements(table, tally);
    this.captions = new Captions(journal, table, judge);
    this.ledger = new Ledger(bindings, content.ledger());
    this.unsettled = new HashMap<>(content.unsettled());
    this.endpoints = new LinkedHashMap<>(content.endpoints());
    this.seeds = content.seeds();
    this.seedIds = content.seedIds();
    this.life = content.life();
  }

  /// Folds what a cursor gives behind the facts that were folded before.
  ///
  /// @param lastSeq the last fact to fold, which is durable
  public void fold(JournalCursor cursor, long lastSeq) throws JournalException {
    while (cursor.seq() < lastSeq) {
      JournalEntry entry = cursor.next();
      if (entry == null) {
        throw new IllegalArgumentException(
            "fact " + lastSeq + " is not durable, fact " + cursor.seq() + " is the last");
      }
      add(entry);
      end = cursor.bookmark();
    }
  }

  private void add(JournalEntry entry) {
    seeds = seeds.after(entry.event());
    life = life.after(entry.event());
    switch (entry.event()) {
      case SeedAccepted seed -> {
        admit(seed.record(), entry.position());
        if (streamed && !SeedIds.isPlace(seed.sourceKey())) {
          seedIds.add(seed.sourceKey());
        }
      }
      case SeedRefused _ -> tally.seedRefused();
      case SeedsSealed _ -> {
        tally.seal();
        seedIds.clear();
      }
      case CallEvent call -> {
        ledger.add(call);
        addCall(call, entry.position());
      }
      case TextEmbedded(RecordId record, ContentHash by, ContentHash text, var _, boolean _) ->
          addEmbedding(record, by, text, Status.ACCEPTED);
      case EmbeddingFailed(RecordId record, ContentHash by, ContentHash text, String _) ->
          addEmbedding(record, by, text, Status.LOST);
      case EndpointBound bound -> endpoints.putIfAbsent(bound.endpoint(), bound);
      case JournalEvent.IncarnationOpened _,
          JournalEvent.JobOpened _,
          JournalEvent.EncoderBound _,
          JournalEvent.JobPaused _,
          JournalEvent.JobResumed _,
          JournalEvent.JobCancelled _,
          JournalEvent.JobCompleted _,
          JournalEvent.JobFailed _ -> {}
    }
  }

  private void addCall(CallEvent call, Position position) {
    boolean settled =
        call.stage().equals(Stage.CAPTION)
            ? table.caption(call.record()) != Status.OPEN
            : table.sample(call.record()) != Status.OPEN;
    if (settled) {
      return;
    }
    Ledger.Call owner = Ledger.Call.of(call);
    List<CallEvent> facts = unsettled.computeIfAbsent(owner, _ -> new ArrayList<>());
    facts.add(call);
    if (!(call instanceof CallStarted)) {
      judgeAgain(owner, facts, position);
    }
  }

  /// Settles a record's stage if its facts do by now; a sample is judged only over a caption that
  /// stands.
  private void judgeAgain(Ledger.Call call, List<CallEvent> facts, Position position) {
    Optional<TaskName> task = call.stage().task();
    boolean settled =
        task.isEmpty()
            ? captionSettles(call.record(), facts, position)
            : sampleSettles(call.record(), task.get(), facts);
    if (settled) {
      unsettled.remove(call);
    }
  }

  private boolean captionSettles(RecordId record, List<CallEvent> facts, Position position) {
    CaptionVerdict verdict = judge.caption(() -> captions.seedOf(record), facts);
    if (verdict instanceof CaptionVerdict.Owed) {
      return false;
    }
    settleCaption(record, verdict, position);
    return true;
  }

  private boolean sampleSettles(RecordId record, TaskName task, List<CallEvent> facts) {
    if (table.caption(record) != Status.ACCEPTED) {
      return false;
    }
    SampleVerdict verdict = judge.sample(task, captions.of(record), facts);
    if (verdict instanceof SampleVerdict.Owed) {
      return false;
    }
    settleSample(record, task, verdict);
    return true;
  }

  private void addEmbedding(RecordId record, ContentHash by, ContentHash text, Status status) {
    if (encoder.filter(by::equals).isPresent()
        && table.isCaption(record, text)
        && table.embedding(record) == Status.OPEN) {
      settleEmbedding(record, status);
    }
  }

  /// Ends the folding: intents without an answer are none of calls in flight, but left over.
  public void endOfFacts() {
    Position last = end().position();
    for (Map.Entry<Ledger.Call, List<CallEvent>> open : List.copyOf(unsettled.entrySet())) {
      judgeAgain(open.getKey(), open.getValue(), last);
    }
  }

  /// Takes a record in, whose seed lies at a position.
  public void admit(RecordId record, Position seed) {
    table.admit(record, seed);
    tally.seeds(record.ordinal());
  }

  /// The facts of an unsettled call, which are given out once.
  public List<CallEvent> takeUnsettled(RecordId record, Stage stage) {
    List<CallEvent> facts = unsettled.remove(new Ledger.Call(record, stage));
    return facts == null ? List.of() : facts;
  }

  /// Settles a caption; `reply` is where the fact lies that did.
  public void settleCaption(RecordId record, CaptionVerdict verdict, Position reply) {
    settlements.caption(record, verdict, reply);
  }

  /// Settles an embedding, accepted or lost.
  public void settleEmbedding(RecordId record, Status status) {
    settlements.embedding(record, status);
  }

  /// Settles a sample.
  public void settleSample(RecordId record, TaskName task, SampleVerdict verdict) {
    settlements.sample(record, task, verdict);
  }

  public Judge judge() {
    return judge;
  }

  /// Hash of the encoder, where the job embeds.
  public Optional<ContentHash> encoder() {
    return encoder;
  }

  public RecordTable table() {
    return table;
  }

  public Tally tally() {
    return tally;
  }

  public Captions captions() {
    return captions;
  }

  public Ledger ledger() {
    return ledger;
  }

  /// How far the seed sources were read when the folding ended.
  public SeedProgress seeds() {
    return seeds;
  }

  /// The ids that streamed seeds came with, until they are sealed.
  public SeedIds seedIds() {
    return seedIds;
  }

  /// The last fact that was folded.
  public Bookmark end() {
    if (end == null) {
      throw new IllegalStateException("no fact was folded");
    }
    return end;
  }

  /// This state as it is to be kept; before [#endOfFacts()], and valid until it changes.
  ///
  /// @param basis what it holds for
  public Snapshot snapshot(ContentHash basis) {
    return new Snapshot(
        basis,
        end(),
        new Snapshot.Content(
            life, endpoints, seeds, seedIds, tally, table, ledger.state(), unsettled));
  }
}
