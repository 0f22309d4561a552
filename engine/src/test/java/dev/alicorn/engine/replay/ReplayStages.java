package dev.alicorn.engine.replay;

import dev.alicorn.config.JobSpecJson;
import dev.alicorn.config.RecipeJson;
import dev.alicorn.engine.dataset.DatasetFacts;
import dev.alicorn.engine.dataset.DatasetRow;
import dev.alicorn.engine.dataset.HeldFolder;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.protocol.JobSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Single stages of a replay, for measuring them.
public final class ReplayStages {
  private ReplayStages() {}

  /// Reads and checks a journal and lays its facts apart.
  ///
  /// @param beside a path next to which the facts are laid
  /// @return how many records it has
  public static long scatter(Path journal, Path beside) throws Exception {
    try (HeldFolder folder = Scatter.folderBeside(beside)) {
      return facts(journal, folder).records();
    }
  }

  private static Facts facts(Path journal, HeldFolder folder) throws Exception {
    return Facts.read(
        () -> JournalReader.open(journal),
        Long.MAX_VALUE,
        _ -> true,
        folder.path(),
        new ReplayMeter());
  }

  /// The rows of a small journal, ready to be written, and what their dataset says of itself.
  public record Ready(DatasetFacts facts, List<DatasetRow> rows) {}

  public static Ready rows(Path journal, Path beside) throws Exception {
    JobHeader header;
    try (JournalCursor cursor = JournalReader.open(journal)) {
      header = JobHeader.read(cursor);
    }
    JobSpec spec = JobSpecJson.read(header.job().orElseThrow().specJson());
    try (HeldFolder folder = Scatter.folderBeside(beside)) {
      Facts facts = facts(journal, folder);
      Judge judge =
          new Judge(spec.recipe(), Bindings.of(spec, facts.endpoints(), header.encoder()));
      Survey survey =
          Survey.of(facts, judge, spec.recipe(), header.encoder(), 1, new ReplayMeter());
      List<DatasetRow> rows = new ArrayList<>();
      facts.forEachRange(1, new Rows(spec, survey)::of, rows::addAll);
      return new Ready(
          new DatasetFacts(
              header.job().orElseThrow().job(),
              spec.name(),
              facts.lastSeq(),
              spec.recipe(),
              RecipeJson.write(spec.recipe()),
              survey.vectors(),
              survey.captions().of("exported"),
              survey.samples().of("exported"),
              survey.captions().toMap(),
              survey.samples().toMap(),
              survey.ladder(),
              survey.findings(),
              "test"),
          rows);
    }
  }
}
