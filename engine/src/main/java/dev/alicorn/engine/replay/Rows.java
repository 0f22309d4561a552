package dev.alicorn.engine.replay;

import dev.alicorn.engine.dataset.CaptionRow;
import dev.alicorn.engine.dataset.DatasetRow;
import dev.alicorn.engine.dataset.Lineage;
import dev.alicorn.engine.dataset.SampleRow;
import dev.alicorn.engine.judge.Bill;
import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.Outcome.Part;
import dev.alicorn.engine.judge.RecordFacts;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.SeedSource;
import dev.alicorn.protocol.TaskName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The rows that records come to.
final class Rows {
  private final Survey survey;
  private final List<String> sources;
  private final ContentHash captionPrompt;
  private final JobSpec.Instruct instruct;
  private final Map<TaskName, ContentHash> taskPrompts;

  Rows(JobSpec spec, Survey survey) {
    this.survey = survey;
    this.sources = spec.seeds().stream().map(SeedSource::label).toList();
    this.captionPrompt = ContentHash.of(spec.caption().prompt());
    this.instruct = spec.instruct();
    this.taskPrompts =
        instruct.tasks().stream()
            .collect(Collectors.toMap(InstructTask::name, task -> ContentHash.of(task.prompt())));
  }

  /// The rows of a range; called by several threads.
  List<DatasetRow> of(Iterable<RecordFacts> records) {
    List<DatasetRow> rows = new ArrayList<>();
    for (RecordFacts record : records) {
      add(record, rows);
    }
    return rows;
  }

  private void add(RecordFacts record, List<DatasetRow> rows) {
    Outcome outcome = survey.judging().outcome(record);
    if (!(outcome.caption() instanceof Part.Exported<Outcome.Caption>(Outcome.Caption caption))) {
      return;
    }
    RecordId id = record.record();
    SeedAccepted seed =
        record
            .seed()
            .orElseThrow(
                () -> new IllegalStateException("record " + id + " is exported without its seed"));
    Optional<Embedding> vector =
        survey.vectors().map(fitted -> fitted.transfer().move(id, Fitting.unit(id, caption)));
    rows.add(
        new CaptionRow(id, caption.text(), vector, lineage(seed, caption.bill(), captionPrompt)));
    if (outcome.sample().isPresent()
        && outcome.sample().get() instanceof Part.Exported<Outcome.Sample>(Outcome.Sample sample)
        && survey.selection().chosen(id)) {
      ContentHash prompt = taskPrompts.getOrDefault(sample.task(), captionPrompt);
      rows.add(
          new SampleRow(
              id,
              instruct.task(sample.task()),
              caption.text(),
              sample.pairs(),
              vector,
              lineage(seed, sample.bill(), prompt)));
    }
  }

  private Lineage lineage(SeedAccepted seed, Bill bill, ContentHash prompt) {
    return new Lineage(
        sources.get(seed.source()),
        seed.sourceKey(),
        seed.text(),
        seed.domain(),
        bill.model(),
        prompt,
        bill.usage(),
        bill.price(),
        bill.currency());
  }
}
