package dev.alicorn.engine.job;

import dev.alicorn.engine.journal.Position;
import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.Draw;
import dev.alicorn.engine.judge.SampleVerdict;
import dev.alicorn.engine.judge.Selection;
import dev.alicorn.engine.quality.MinHash;
import dev.alicorn.engine.quality.NearDuplicates;
import dev.alicorn.engine.state.JobProgress;
import dev.alicorn.engine.state.JobState;
import dev.alicorn.engine.state.RecordTable;
import dev.alicorn.engine.state.RecordTable.Status;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.TextEmbedded;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.TaskName;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a job still owes, handed to its steps record by record: what its [JobState] leaves open.
///
/// Each step reports what it settled, which goes into the state.
///
/// The draw begins when the seeds are sealed. From then on a [dev.alicorn.engine.judge.Selection]
/// says which captions are wanted for a sample, and each loss brings up the next in rank. A
/// candidate counts as accepted when its sample and its embedding are.
final class Backlog {
  private final JobState state;
  private final RecordTable table;
  private final SortedMap<TaskName, Long> wanted;
  private final long randomSeed;
  private final Lane toEmbed = new Lane();
  private final Lane toInstruct = new Lane();
  private long embeddingsPending;
  private long samplesPending;
  private final Filters filters;
  private boolean captionsClosed;
  private boolean compared;
  private final BitSet nearDuplicates = new BitSet();
  private @Nullable Draw draw;
  private @Nullable Selection selection;

  /// @param state with all facts folded; from here on the backlog's own
  Backlog(JobState state, JobSpec spec) {
    this.state = state;
    this.table = state.table();
    this.wanted = spec.instruct().counts();
    this.randomSeed = spec.randomSeed();
    this.filters = spec.filters();
    for (long ordinal = 1; ordinal <= state.tally().seeds(); ordinal++) {
      RecordId record = new RecordId(ordinal);
      if (table.caption(record) == Status.ACCEPTED) {
        offerForEmbedding(record);
      }
    }
    if (state.tally().isSealed()) {
      beginDraw();
    }
  }

  Lane toEmbed() {
    return toEmbed;
  }

  Lane toInstruct() {
    return toInstruct;
  }

  synchronized JobProgress progress() {
    return state.tally().snapshot(wanted);
  }

  /// Takes a seed in, which lies at a position of the journal.
  synchronized void admit(RecordId record, Position seed) {
    state.admit(record, seed);
  }

  synchronized void seedRefused() {
    state.tally().seedRefused();
  }

  /// No seed follows: the draw begins.
  synchronized void sealed() {
    state.tally().seal();
    beginDraw();
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
    return state.takeUnsettled(record, stage);
  }

  synchronized void captionSettled(RecordId record, CaptionVerdict verdict, Position reply) {
    state.settleCaption(record, verdict, reply);
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
    state.settleEmbedding(record, fact instanceof TextEmbedded ? Status.ACCEPTED : Status.LOST);
    if (table.embedding(record) == Status.ACCEPTED) {
      acceptWhenWhole(record);
    } else if (table.sample(record) != Status.LOST) {
      candidateLost(record);
    }
    closeWhenDone();
  }

  synchronized void sampleSettled(RecordId record, TaskName task, SampleVerdict verdict) {
    samplesPending--;
    state.settleSample(record, task, verdict);
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
    draw = Draw.over(state.tally().seeds(), randomSeed, wanted);
    Selection over = new Selection(draw);
    selection = over;
    for (long ordinal = 1; ordinal <= state.tally().seeds(); ordinal++) {
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
    if (state.encoder().isPresent() && table.embedding(record) == Status.OPEN) {
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
    if (selection != null
        && isExported(record)
        && !nearDuplicates.get(Math.toIntExact(record.ordinal()))
        && table.sample(record) == Status.ACCEPTED) {
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
    if (captionsClosed && selection != null && embeddingsPending == 0) {
      if (!compared) {
        compared = true;
        rejectNearDuplicates();
      }
      if (samplesPending == 0) {
        toInstruct.close();
      }
    }
  }

  /// Brings up the next candidates for captions that are nearly others, all captions being known. A
  /// sample that was asked for before is lost with its caption.
  private void rejectNearDuplicates() {
    Filters.Rule rule = filters.rule(Filter.NEAR_DUPLICATE);
    if (rule.action() != Filters.Action.REJECT || wanted.isEmpty()) {
      return;
    }
    NearDuplicates kept = new NearDuplicates(rule.limit());
    for (long ordinal = 1; ordinal <= state.tally().seeds(); ordinal++) {
      RecordId record = new RecordId(ordinal);
      if (isExported(record)
          && kept.add(ordinal, MinHash.of(state.captions().of(record))).isPresent()) {
        nearDuplicates.set(Math.toIntExact(ordinal));
        candidateLost(record);
      }
    }
  }

  private boolean isExported(RecordId record) {
    return table.caption(record) == Status.ACCEPTED
        && (state.encoder().isEmpty() || table.embedding(record) == Status.ACCEPTED);
  }
}
