package dev.alicorn.engine.state;

import dev.alicorn.engine.journal.Position;
import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.SampleVerdict;
import dev.alicorn.engine.state.RecordTable.Status;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.TaskName;

/// The settling of records: each verdict goes into the table and is counted.
final class Settlements {
  private final RecordTable table;
  private final Tally tally;

  Settlements(RecordTable table, Tally tally) {
    this.table = table;
    this.tally = tally;
  }

  /// Settles a caption.
  void caption(RecordId record, CaptionVerdict verdict, Position reply) {
    switch (verdict) {
      case CaptionVerdict.Accepted(String text, boolean _, var _) -> {
        table.captionAccepted(record, reply, ContentHash.of(text));
        tally.captionAccepted();
      }
      case CaptionVerdict.Rejected(var reason, String _) ->
          captionLost(record, "rejected: " + reason.key());
      case CaptionVerdict.Failed(var cause, String _) ->
          captionLost(record, "failed: " + cause.key());
      case CaptionVerdict.Parked _ -> captionLost(record, "parked");
      case CaptionVerdict.Owed _ ->
          throw new IllegalArgumentException("record " + record + "'s caption is not settled");
    }
  }

  private void captionLost(RecordId record, String why) {
    table.captionLost(record);
    tally.captionLost(why);
  }

  /// Settles an embedding, accepted or lost.
  void embedding(RecordId record, Status status) {
    table.embedding(record, status);
    if (status == Status.ACCEPTED) {
      tally.embedded();
    } else {
      tally.embeddingLost();
    }
  }

  /// Settles a sample.
  void sample(RecordId record, TaskName task, SampleVerdict verdict) {
    switch (verdict) {
      case SampleVerdict.Accepted _ -> {
        table.sample(record, Status.ACCEPTED);
        tally.sampleAccepted(task);
      }
      case SampleVerdict.Rejected(var reason, String _) ->
          sampleLost(record, task, "rejected: " + reason.key());
      case SampleVerdict.Failed(var cause, String _) ->
          sampleLost(record, task, "failed: " + cause.key());
      case SampleVerdict.Parked _ -> sampleLost(record, task, "parked");
      case SampleVerdict.Owed _ ->
          throw new IllegalArgumentException("record " + record + "'s sample is not settled");
    }
  }

  private void sampleLost(RecordId record, TaskName task, String why) {
    table.sample(record, Status.LOST);
    tally.sampleLost(task, why);
  }
}
