package dev.alicorn.engine.explain;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.judge.CaptionVerdict;
import dev.alicorn.engine.judge.Draw;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.judge.Outcome;
import dev.alicorn.engine.judge.Outcome.Part;
import dev.alicorn.engine.judge.RecordFacts;
import dev.alicorn.engine.judge.Rejection;
import dev.alicorn.engine.replay.JobHeader;
import dev.alicorn.engine.replay.NearCaptions;
import dev.alicorn.engine.replay.SampleChoice;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.JobOpened;
import dev.alicorn.protocol.JournalEvent.SeedAccepted;
import dev.alicorn.protocol.Recipe;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A journal that can be asked about single records, without a lock and also while it is written.
///
/// An answer takes one reading of the journal and the memory of the record's facts and of the draw,
/// 13 bytes a record. A second reading is needed for a good sample that ranks behind the number
/// wanted, and where the recipe rejects near duplicates among captions.
public final class Explainer {
  private final Path journalFolder;
  private final JobId job;
  private final JobSpec spec;
  private final JobHeader header;
  private final Recipe recipe;

  private Explainer(Path journalFolder, JobId job, JobSpec spec, JobHeader header, Recipe recipe) {
    this.journalFolder = journalFolder;
    this.job = job;
    this.spec = spec;
    this.header = header;
    this.recipe = recipe;
  }

  /// Opens a journal; empty where it breaks off before its job was opened.
  public static Optional<Explainer> open(Path journalFolder)
      throws JournalException, ConfigException {
    JobHeader header;
    try (JournalCursor cursor = JournalReader.open(journalFolder)) {
      header = JobHeader.read(cursor);
    }
    if (header.job().isEmpty()) {
      return Optional.empty();
    }
    JobOpened opened = header.job().get();
    JobSpec spec = JobSpecJson.read(opened.specJson());
    return Optional.of(new Explainer(journalFolder, opened.job(), spec, header, spec.recipe()));
  }

  public JobSpec spec() {
    return spec;
  }

  /// The same journal by another recipe than the job's own.
  public Explainer by(Recipe other) {
    return new Explainer(journalFolder, job, spec, header, other);
  }

  /// Tells a record; empty where the journal has no fact of it.
  ///
  /// @throws JournalException when the journal is damaged before the record's first fact
  public Optional<Explanation> explain(RecordId record) throws JournalException, IOException {
    RecordScan scan = RecordScan.of(journalFolder, record);
    if (scan.facts().isEmpty()) {
      if (scan.damage().isPresent()) {
        throw scan.damage().get();
      }
      return Optional.empty();
    }
    Judge judge = new Judge(recipe, Bindings.of(spec, header.endpoints(), header.encoder()));
    RecordFacts facts = scan.judged(record);
    Optional<Draw> draw =
        scan.records().isPresent()
            ? Optional.of(judge.draw(scan.records().getAsLong()))
            : Optional.empty();
    Optional<Explanation.Drawn> drawn = draw.flatMap(over -> drawn(over, record));
    Outcome judged = judge.outcome(facts, drawn.map(Explanation.Drawn::task));
    NearCaptions duplicates =
        scan.completed()
            ? NearCaptions.rejected(journalFolder, scan.lastSeq(), judge, recipe.filters())
            : NearCaptions.NONE;
    Outcome closed = scan.completed() ? judged.closed() : judged;
    Outcome outcome = duplicates.like(record).map(closed::nearDuplicateOf).orElse(closed);
    Optional<String> caption = caption(judge, facts);
    return Optional.of(
        new Explanation(
            job,
            record,
            seed(scan),
            dialogues(new Retelling(spec, header.endpoints(), judge), facts, caption, scan),
            caption.flatMap(text ->
                header
                    .encoder()
                    .map(encoder ->
                        new EmbeddingTold(encoder, judge.embedding(text, facts.embeddings())))),
            drawn,
            outcome.caption(),
            drawn.isPresent()
                ? sample(
                    drawn.get(),
                    outcome.sample().orElseThrow(),
                    facts,
                    new SampleChoice(
                        journalFolder, scan.lastSeq(), judge, draw.orElseThrow(), duplicates))
                : Optional.empty(),
            scan.lastSeq(),
            scan.damage().map(JournalException::getMessage)));
  }

  private static Optional<Explanation.Drawn> drawn(Draw draw, RecordId record) {
    return draw.taskOf(record)
        .map(task ->
            new Explanation.Drawn(
                task, draw.placeOf(record) + 1, draw.candidates(task), draw.wanted(task)));
  }

  private static Optional<String> caption(Judge judge, RecordFacts facts) {
    return judge.caption(facts::seedText, facts.calls(Stage.CAPTION))
            instanceof CaptionVerdict.Accepted accepted
        ? Optional.of(accepted.text())
        : Optional.empty();
  }

  private Optional<Explanation.Seed> seed(RecordScan scan) {
    for (JournalEntry entry : scan.facts()) {
      if (entry.event() instanceof SeedAccepted seed) {
        return Optional.of(
            new Explanation.Seed(entry.seq(), spec.seeds().get(seed.source()).label(), seed));
      }
    }
    return Optional.empty();
  }

  private static List<Dialogue> dialogues(
      Retelling retelling, RecordFacts facts, Optional<String> caption, RecordScan scan) {
    List<Dialogue> dialogues = new ArrayList<>();
    retelling.caption(facts.seed().map(SeedAccepted::text), scan.facts()).ifPresent(dialogues::add);
    for (InstructTask task : retelling.spec().instruct().tasks()) {
      retelling.sample(task.name(), caption, scan.facts()).ifPresent(dialogues::add);
    }
    return dialogues;
  }

  /// The sample's outcome, those before it counted in.
  private static Optional<Part<Outcome.Sample>> sample(
      Explanation.Drawn drawn, Part<Outcome.Sample> part, RecordFacts facts, SampleChoice choice)
      throws JournalException, IOException {
    boolean first = drawn.place() <= drawn.wanted();
    boolean asked = !facts.calls(drawn.task().stage()).isEmpty();
    return switch (part) {
      case Part.Exported<Outcome.Sample> _ ->
          choice.chosen(facts.record())
              ? Optional.of(part)
              : Optional.of(
                  new Part.Rejected<>(
                      Rejection.SURPLUS,
                      drawn.wanted()
                          + " good samples of "
                          + drawn.task().key()
                          + " rank before it"));
      case Part.Owed<Outcome.Sample> _ -> asked || first ? Optional.of(part) : Optional.empty();
      case Part.Rejected<Outcome.Sample> _,
          Part.Failed<Outcome.Sample> _,
          Part.Parked<Outcome.Sample> _ ->
          asked ? Optional.of(part) : Optional.empty();
    };
  }
}
