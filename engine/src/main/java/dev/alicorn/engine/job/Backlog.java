package dev.alicorn.engine.job;

import dev.alicorn.engine.job.RecordTable.Status;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.Position;
import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.Draw;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.SampleVerdict;
import dev.alicorn.engine.judge.Selection;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.CallStarted;
import dev.alicorn.protocol.JournalEvent.EmbeddingFailed;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.JournalEvent.SeedRefused;
import dev.alicorn.protocol.JournalEvent.SeedsSealed;
import dev.alicorn.protocol.JournalEvent.TextEmbedded;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a job still owes: its facts folded through the [dev.alicorn.engine.judge.Judge], record by
/// record.
///
/// A job that opens folds its journal with [#recover] and [#recovered]; from then on each step
/// reports what it settled, so that a live backlog and one that is recovered from the same facts
/// are the same. Only the facts of unsettled calls are held, which are at most those that were in
/// flight. A caption's text is never held: the table knows where its reply lies.
///
/// The draw begins when the seeds are sealed. From then on a [dev.alicorn.engine.judge.Selection]
/// says which captions are wanted for a sample, and each loss brings up the next in rank. A
/// candidate counts as accepted when its sample and its embedding are.
final class Backlog {
  private final Judge judge;
  private final Optional<ContentHash> encoder;
  private final SortedMap<TaskName, Long> wanted;
  private final long randomSeed;
  private final Captions captions;
  private final RecordTable table;
  private final Map<Call, List<CallEvent>> unsettled = new HashMap<>();
  private final Lane toEmbed = new Lane();
  private final Lane toInstruct = new Lane();
  private final Tally tally = new Tally();
  private final Settlements settlements;
  private long embeddingsPending;
  private long samplesPending;
  private boolean captionsClosed;
  private @Nullable Draw draw;
  private @Nullable Selection selection;

  private record Call(RecordId record, Stage stage) {}

  /// @param encoder hash of the encoder, where the job embeds
  Backlog(
      Judge judge,
      Optional<ContentHash> encoder,
      JobSpec spec,
      RecordTable table,
      Captions captions) {
    this.judge = judge;
    this.encoder = encoder;
    this.wanted = spec.instruct().counts();
    this.randomSeed = spec.randomSeed();
    this.table = table;
    this.settlements = new Settlements(table, tally);
    this.captions = captions;
  }

  Lane toEmbed() {
    return toEmbed;
  }

  Lane toInstruct() {
    return toInstruct;
  }

  synchronized JobProgress progress() {
    return tally.snapshot(wanted);
  }

  /// Folds one fact of the journal that the job opens with.
  synchronized void recover(JournalEntry entry) {
    switch (entry.event()) {
      case SeedAccepted seed -> admit(seed.record());
      case SeedRefused _ -> tally.seedsRefused++;
      case SeedsSealed _ -> tally.sealed = true;
      case CallEvent call -> recoverCall(call, entry.position());
      case TextEmbedded(RecordId record, ContentHash by, ContentHash text, var _, boolean _) ->
          recoverEmbedding(record, by, text, Status.ACCEPTED);
      case EmbeddingFailed(RecordId record, ContentHash by, ContentHash text, String _) ->
          recoverEmbedding(record, by, text, Status.LOST);
      case JournalEvent.IncarnationOpened _,
          JournalEvent.JobOpened _,
          JournalEvent.EndpointBound _,
          JournalEvent.EncoderBound _,
          JournalEvent.JobPaused _,
          JournalEvent.JobResumed _,
          JournalEvent.JobCancelled _,
          JournalEvent.JobCompleted _,
          JournalEvent.JobFailed _ -> {}
    }
  }

  private void recoverCall(CallEvent call, Position position) {
    boolean settled =
        call.stage().equals(Stage.CAPTION)
            ? table.caption(call.record()) != Status.OPEN
            : table.sample(call.record()) != Status.OPEN;
    if (settled) {
      return;
    }
    List<CallEvent> facts =
        unsettled.computeIfAbsent(new Call(call.record(), call.stage()), _ -> new ArrayList<>());
    facts.add(call);
    if (!(call instanceof CallStarted)) {
      judgeAgain(call.record(), call.stage(), facts, position);
    }
  }

  /// Settles a record's stage if its facts do by now; a sample is judged only over a caption that
  /// stands.
  private void judgeAgain(RecordId record, Stage stage, List<CallEvent> facts, Position position) {
    Optional<TaskName> task = stage.task();
    boolean settled =
        task.isEmpty()
            ? captionSettles(record, facts, position)
            : sampleSettles(record, task.get(), facts);
    if (settled) {
      unsettled.remove(new Call(record, stage));
    }
  }

  private boolean captionSettles(RecordId record, List<CallEvent> facts, Position position) {
    CaptionVerdict verdict = judge.caption(facts);
    if (verdict instanceof CaptionVerdict.Owed) {
      return false;
    }
    settlements.caption(record, verdict, position);
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
    settlements.sample(record, task, verdict);
    return true;
  }

  private void recoverEmbedding(RecordId record, ContentHash by, ContentHash text, Status status) {
    if (encoder.filter(by::equals).isPresent()
        && table.isCaption(record, text)
        && table.embedding(record) == Status.OPEN) {
      settlements.embedding(record, status);
    }
  }

  /// Ends the folding: what is owed is handed to the steps from here on.
  ///
  /// @param end where the journal ends
  synchronized void recovered(Position end) {
    for (Map.Entry<Call, List<CallEvent>> open : List.copyOf(unsettled.entrySet())) {
      judgeAgain(open.getKey().record(), open.getKey().stage(), open.getValue(), end);
    }
    for (long ordinal = 1; ordinal <= tally.seeds; ordinal++) {
      RecordId record = new RecordId(ordinal);
      if (table.caption(record) == Status.ACCEPTED) {
        offerForEmbedding(record);
      }
    }
    if (tally.sealed) {
      beginDraw();
    }
  }

  synchronized void admit(RecordId record) {
    table.admit(record);
    tally.seeds = Math.max(tally.seeds, record.ordinal());
  }

  synchronized void seedRefused() {
    tally.seedsRefused++;
  }

  /// No seed follows: the draw begins.
  synchronized void sealed() {
    tally.sealed = true;
    beginDraw();
  }

  synchronized boolean isSealed() {
    return tally.sealed;
  }

  synchronized boolean captionOwed(RecordId record) {
    return table.caption(record) == Status.OPEN;
  }

  /// The task that a record is drawn for.
  synchronized TaskName taskOf(RecordId record) {
    if (draw == null) {
      throw new IllegalStateException(
          "record " + record + " has no task before the seeds are sealed");
    }
    return draw.taskOf(record).orElseThrow();
  }

  /// The facts of an unsettled call, from before the job was opened.
  synchronized List<CallEvent> known(RecordId record, Stage stage) {
    List<CallEvent> facts = unsettled.remove(new Call(record, stage));
    return facts == null ? List.of() : facts;
  }

  synchronized void captionSettled(RecordId record, CaptionVerdict verdict, Position reply) {
    settlements.caption(record, verdict, reply);
    if (table.caption(record) == Status.ACCEPTED) {
      offerForEmbedding(record);
      if (selection != null && selection.wanted(record)) {
        offerForInstruct(record);
      }
    } else {
      candidateLost(record);
    }
  }

  /// Every seed's caption is settled.
  synchronized void captionsClosed() {
    captionsClosed = true;
    toEmbed.close();
    closeWhenDone();
  }

  synchronized void embeddingSettled(RecordId record, JournalEvent fact) {
    embeddingsPending--;
    settlements.embedding(record, fact instanceof TextEmbedded ? Status.ACCEPTED : Status.LOST);
    if (table.embedding(record) == Status.ACCEPTED) {
      acceptWhenWhole(record);
    } else if (table.sample(record) != Status.LOST) {
      candidateLost(record);
    }
    closeWhenDone();
  }

  synchronized void sampleSettled(RecordId record, TaskName task, SampleVerdict verdict) {
    samplesPending--;
    settlements.sample(record, task, verdict);
    if (table.sample(record) == Status.ACCEPTED) {
      acceptWhenWhole(record);
    } else if (table.embedding(record) != Status.LOST) {
      candidateLost(record);
    }
    closeWhenDone();
  }

  /// How many samples of each task cannot be had, since no caption is left to draw.
  synchronized Map<TaskName, Long> shortfalls() {
    Map<TaskName, Long> missing = new TreeMap<>();
    if (selection != null) {
      for (TaskName task : wanted.keySet()) {
        long count = selection.shortfall(task);
        if (count > 0) {
          missing.put(task, count);
        }
      }
    }
    return missing;
  }

  private void beginDraw() {
    draw = Draw.over(tally.seeds, randomSeed, wanted);
    Selection over = new Selection(draw);
    selection = over;
    for (long ordinal = 1; ordinal <= tally.seeds; ordinal++) {
      RecordId record = new RecordId(ordinal);
      if (table.caption(record) == Status.LOST
          || table.embedding(record) == Status.LOST
          || table.sample(record) == Status.LOST) {
        over.reject(record);
      } else {
        acceptWhenWhole(record);
      }
    }
    for (TaskName task : wanted.keySet()) {
      over.wanted(task)
          .filter(record -> table.caption(record) == Status.ACCEPTED)
          .forEach(this::offerForInstruct);
    }
    closeWhenDone();
  }

  private void offerForEmbedding(RecordId record) {
    if (encoder.isPresent() && table.embedding(record) == Status.OPEN) {
      embeddingsPending++;
      toEmbed.offer(record);
    }
  }

  private void offerForInstruct(RecordId record) {
    if (table.sample(record) == Status.OPEN) {
      samplesPending++;
      toInstruct.offer(record);
    }
  }

  private void acceptWhenWhole(RecordId record) {
    boolean embedded = encoder.isEmpty() || table.embedding(record) == Status.ACCEPTED;
    if (selection != null && embedded && table.sample(record) == Status.ACCEPTED) {
      selection.accept(record);
    }
  }

  /// Brings up the next candidate in rank, and the next again while they are lost already.
  private void candidateLost(RecordId lost) {
    if (selection == null) {
      return;
    }
    Optional<RecordId> next = selection.reject(lost);
    next.filter(record -> table.caption(record) == Status.ACCEPTED)
        .ifPresent(this::offerForInstruct);
  }

  private void closeWhenDone() {
    if (captionsClosed && selection != null && embeddingsPending == 0 && samplesPending == 0) {
      toInstruct.close();
    }
  }
}
