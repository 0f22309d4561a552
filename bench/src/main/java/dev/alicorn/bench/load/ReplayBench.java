package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.engine.journal.JournalStats;
import java.util.ArrayList;
import java.util.List;

/// A journal made into a dataset, at growing sizes: reading, checking and scattering it, the whole,
/// and each format's writer alone on rows that lie ready.
public final class ReplayBench implements Bench {
  private static final int RECORDS = 1_200_000;
  private static final int RECORDS_MIN = 1_000;
  private static final int DIMENSION = 1_280;
  private static final List<Integer> SMALLER = List.of(10_000, 100_000);

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String subject() {
    return "a journal made into a dataset at 10^4, 10^5 and --records N; needs 25 kB of disk a record";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    int most = Count.of(name(), "records", RECORDS, RECORDS_MIN, words);
    List<Row> rows = new ArrayList<>();
    for (int records : SMALLER) {
      if (records < most) {
        rows.add(measured(records));
      }
    }
    rows.add(measured(most));
    return new BenchResult(
        name(),
        rows,
        List.of(
            "Captions of 130 words, vectors of "
                + DIMENSION
                + " dimensions, float32 in the journal and float16 in the dataset, a conversation for one caption in five; Parquet and trainer files. Each stage in a Java of its own with "
                + ReplayStage.HEAP
                + ".",
            "scatter is reading, checking and laying apart; whole_to_writer_ratio is the rate of the whole by that of the slower writer alone."));
  }

  private Row measured(int records) throws Exception {
    try (Scratch scratch = Scratch.create(name())) {
      double append = ReplayStage.WRITE_JOURNAL.seconds(scratch.folder(), records, DIMENSION);
      double megabytes = JournalStats.of(scratch.folder().resolve("journal")).fileBytes() / 1e6;
      double scatter = ReplayStage.SCATTER.seconds(scratch.folder(), records, DIMENSION);
      double whole = ReplayStage.WHOLE.seconds(scratch.folder(), records, DIMENSION);
      double parquet = ReplayStage.PARQUET_ALONE.seconds(scratch.folder(), records, DIMENSION);
      double trainer = ReplayStage.TRAINER_ALONE.seconds(scratch.folder(), records, DIMENSION);
      return Row.of("records_" + records, "journal_mb", megabytes)
          .and("append_s", append)
          .and("scatter_s", scatter)
          .and("scatter_mb_per_s", megabytes / scatter)
          .and("whole_s", whole)
          .and("whole_us_per_record", whole * 1e6 / records)
          .and("parquet_alone_s", parquet)
          .and("trainer_alone_s", trainer)
          .and("whole_to_writer_ratio", Math.max(parquet, trainer) / whole);
    }
  }
}
