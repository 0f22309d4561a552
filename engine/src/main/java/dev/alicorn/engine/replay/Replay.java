package dev.alicorn.engine.replay;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.JobSpecJson;
import dev.alicorn.config.RecipeJson;
import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.dataset.DatasetFacts;
import dev.alicorn.engine.dataset.DatasetFacts.FittedVectors;
import dev.alicorn.engine.dataset.DatasetFolder;
import dev.alicorn.engine.dataset.DatasetFormats;
import dev.alicorn.engine.dataset.DatasetRow;
import dev.alicorn.engine.dataset.HeldFolder;
import dev.alicorn.engine.dataset.Truncation;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.judge.Judge;
import dev.alicorn.engine.replay.ReplayProgress.Stage;
import dev.alicorn.engine.transfer.TransferMethods;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.JobOpened;
import dev.alicorn.protocol.Recipe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A journal about to be made into a dataset.
///
/// The journal is read once, and its facts are laid apart on disk by ranges of records. Then the
/// records are gone through at least twice in their order, once more before that where the recipe
/// looks for near duplicates among captions: the first time each is judged and what all rows share
/// is gathered (which samples are chosen, the counts, what the transfer is fitted to); then once
/// more for each further pass that the transfer asks for; the last time rows are written. Ranges
/// are judged by several threads. Memory is that of a few ranges a thread and of 14 bytes a record.
/// The same facts, recipe and version give the same bytes, by however many threads.
public final class Replay {
  private final Facts.Source journal;
  private final String version;
  private final @Nullable Recipe recipe;
  private final long until;
  private final int threads;
  private final ReplayMeter meter;

  private Replay(
      Facts.Source journal,
      String version,
      @Nullable Recipe recipe,
      long until,
      int threads,
      ReplayMeter meter) {
    this.journal = journal;
    this.version = version;
    this.recipe = recipe;
    this.until = until;
    this.threads = threads;
    this.meter = meter;
  }

  private static Replay of(Facts.Source journal, String version) {
    return new Replay(
        journal,
        version,
        null,
        Long.MAX_VALUE,
        Runtime.getRuntime().availableProcessors(),
        new ReplayMeter());
  }

  /// A replay of all facts by the job's own recipe.
  ///
  /// @param version of this program, for the manifest
  public static Replay of(Path journalFolder, String version) {
    return of(() -> JournalReader.open(journalFolder), version);
  }

  /// The same of a journal that is open here, to its last barrier.
  public static Replay of(Journal journal, String version) {
    return of(journal::cursor, version);
  }

  /// The same by another recipe.
  public Replay by(Recipe other) {
    return new Replay(journal, version, other, until, threads, meter);
  }

  /// The same of the facts up to a seq.
  public Replay until(long seq) {
    return new Replay(journal, version, recipe, seq, threads, meter);
  }

  /// The same by another number of threads than the machine has processors.
  public Replay on(int judges) {
    return new Replay(journal, version, recipe, until, judges, meter);
  }

  /// The same, with a meter of its own that others look at.
  public Replay meteredBy(ReplayMeter own) {
    return new Replay(journal, version, recipe, until, threads, own);
  }

  /// Makes the dataset; where it fails, nothing stays at the target or beside it.
  ///
  /// @param target where nothing is yet
  /// @throws JournalException when the journal is damaged before its last barrier, or holds a fact
  ///   that this Alicorn cannot read
  /// @throws DatasetException when the target is taken
  /// @throws ConfigException when a format is unknown, or needs vectors that are not there, or the
  ///   recipe has an anchor of other dimensions than the vectors
  /// @throws InterruptedIOException when this thread is interrupted, and it stays so
  public ReplayResult into(Path target)
      throws JournalException, DatasetException, ConfigException, IOException {
    try {
      return made(target);
    } catch (JournalException | IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        InterruptedIOException interrupted =
            new InterruptedIOException("the replay into " + target + " was interrupted");
        interrupted.initCause(e);
        throw interrupted;
      }
      throw e;
    }
  }

  private ReplayResult made(Path target)
      throws JournalException, DatasetException, ConfigException, IOException {
    JobHeader header;
    try (JournalCursor cursor = journal.open()) {
      header = JobHeader.read(cursor);
    }
    JobOpened job =
        header.job().orElseThrow(() -> new IllegalStateException("the journal holds no job"));
    JobSpec spec = JobSpecJson.read(job.specJson());
    Recipe by = recipe != null ? recipe : spec.recipe();
    DatasetFormats.named(by.dataset().formats(), header.encoder().isPresent());
    if (header.encoder().isPresent()) {
      TransferMethods.requireMatch(by.transfer(), header.encoder().get());
    }
    try (HeldFolder folder = Scatter.folderBeside(target)) {
      Facts facts = Facts.read(journal, until, _ -> true, folder.path(), meter);
      Judge judge = new Judge(by, Bindings.of(spec, facts.endpoints(), header.encoder()));
      Survey survey = Survey.of(facts, judge, by, header.encoder(), threads, meter);
      DatasetFacts dataset =
          new DatasetFacts(
              job.job(),
              spec.name(),
              facts.lastSeq(),
              by,
              RecipeJson.write(by),
              survey.vectors(),
              survey.captions().of("exported"),
              survey.samples().of("exported"),
              survey.captions().toMap(),
              survey.samples().toMap(),
              survey.ladder(),
              survey.findings(),
              version);
      try (DatasetFolder out = DatasetFolder.create(target, dataset)) {
        Rows rows = new Rows(spec, survey);
        Writing writing =
            new Writing(out, meter.begin(Stage.WRITING, dataset.captions() + dataset.samples()));
        facts.forEachRange(threads, rows::of, writing::add);
        ContentHash manifest = writing.finish();
        return new ReplayResult(
            target,
            manifest,
            survey.captions().toMap(),
            survey.samples().toMap(),
            survey.ladder(),
            survey.findings(),
            survey.vectors().map(FittedVectors::truncation).orElse(Truncation.NONE));
      }
    }
  }

  /// The dataset that lies at a target already, as a run leaves it that is killed right behind the
  /// rename: it is made again beside it and compared.
  ///
  /// @throws DatasetException when something else lies there, which is not touched
  public ReplayResult confirm(Path target)
      throws JournalException, DatasetException, ConfigException, IOException {
    Path absolute = target.toAbsolutePath().normalize();
    Path beside = absolute.resolveSibling("." + absolute.getFileName() + ".again");
    if (Files.exists(beside)) {
      HeldFolder.remove(beside);
    }
    ReplayResult again = into(beside);
    HeldFolder.remove(beside);
    Path manifest = target.resolve("manifest.json");
    if (!Files.exists(manifest)
        || !ContentHash.of(Files.readAllBytes(manifest)).equals(again.manifest())) {
      throw new DatasetException(
          target
              + " holds something else than this job's dataset; move it away and run the job again, no call is repeated");
    }
    return new ReplayResult(
        target,
        again.manifest(),
        again.captions(),
        again.samples(),
        again.ladder(),
        again.findings(),
        again.truncation());
  }

  /// A dataset in the making whose written rows are counted: all that it was given but the last
  /// batch, which its formats still have in hand.
  private static final class Writing {
    private final DatasetFolder out;
    private final ReplayMeter.Gauge written;
    private long given;

    Writing(DatasetFolder out, ReplayMeter.Gauge written) {
      this.out = out;
      this.written = written;
    }

    void add(List<DatasetRow> rows) throws IOException {
      out.add(rows);
      written.reach(given);
      given += rows.size();
    }

    ContentHash finish() throws DatasetException, IOException {
      ContentHash manifest = out.finish();
      written.reach(given);
      written.end();
      return manifest;
    }
  }
}
