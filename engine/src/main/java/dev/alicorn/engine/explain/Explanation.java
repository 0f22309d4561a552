package dev.alicorn.engine.explain;

import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.Outcome.Part;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.TaskName;
import java.util.List;
import java.util.Optional;

/// A record from its seed to its outcome, as far as its journal can be read.
///
/// @param seed empty where the journal's sound part does not reach it
/// @param dialogues the caption's, then those of instruct stages; only stages that were asked for
/// @param embedding empty where there is no caption to embed, or no encoder
/// @param draw empty while seeds may follow, and where no task is wanted
/// @param sample empty for a record that is not drawn, and for one that is not asked about: its
///   caption is lost, or enough candidates rank before it
/// @param lastSeq the last fact that was read
/// @param damage why nothing behind `lastSeq` could be read, in a sentence
public record Explanation(
    JobId job,
    RecordId record,
    Optional<Seed> seed,
    List<Dialogue> dialogues,
    Optional<EmbeddingTold> embedding,
    Optional<Drawn> draw,
    Part<Outcome.Caption> caption,
    Optional<Part<Outcome.Sample>> sample,
    long lastSeq,
    Optional<String> damage) {
  public Explanation {
    dialogues = List.copyOf(dialogues);
  }

  /// Where the record begins.
  ///
  /// @param seq of its fact
  /// @param source the seed source, as rows name it
  public record Seed(long seq, String source, SeedAccepted fact) {}

  /// The task that the record is a candidate for.
  ///
  /// @param place among the task's candidates in rank order, from 1
  /// @param wanted samples that the recipe asks for
  public record Drawn(TaskName task, int place, int candidates, long wanted) {}
}
