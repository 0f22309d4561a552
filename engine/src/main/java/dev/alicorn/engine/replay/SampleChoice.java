package dev.alicorn.engine.replay;

import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.judge.Draw;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.Outcome.Part;
import dev.alicorn.engine.judge.Selection;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.TaskName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Whether one good sample is among the chosen of its task, by the rules of a replay.
///
/// Only the candidates ranked before it can take its place, so that their facts alone are laid
/// apart; none are where it ranks among the first N.
///
/// @param until the last fact of the journal that counts
/// @param duplicates captions that are rejected for being nearly others
public record SampleChoice(
    Path journalFolder, long until, Judge judge, Draw draw, NearCaptions duplicates) {

  /// Whether the sample of a record, which the judge accepts, is in the dataset.
  public boolean chosen(RecordId record) throws JournalException, IOException {
    Optional<TaskName> task = draw.taskOf(record);
    int place = draw.placeOf(record);
    if (task.isPresent() && place < draw.wanted(task.get())) {
      return true;
    }
    Judging judging = new Judging(new Passed(judge), draw, duplicates);
    Selection selection = new Selection(draw);
    selection.accept(record);
    return Facts.onDisk(
        journalFolder,
        until,
        other -> draw.taskOf(other).equals(task) && draw.placeOf(other) < place,
        facts -> {
          facts.forEach(before -> {
            Optional<Part<Outcome.Sample>> sample = judging.outcome(before).sample();
            if (sample.filter(Part.Exported.class::isInstance).isPresent()) {
              selection.accept(before.record());
            }
          });
          return selection.chosen(record);
        });
  }
}
