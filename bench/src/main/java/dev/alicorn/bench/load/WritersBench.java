package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.Bench;
import dev.alicorn.bench.measure.BenchResult;
import dev.alicorn.bench.measure.Count;
import dev.alicorn.bench.measure.Row;
import dev.alicorn.bench.measure.Scratch;
import dev.alicorn.engine.dataset.DatasetFormat;
import dev.alicorn.engine.dataset.DatasetFormats;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Each dataset format's writer alone on rows that lie ready, at two sizes.
public final class WritersBench implements Bench {
  private static final int FEW = 20_000;
  private static final int RECORDS = 200_000;
  private static final int DIMENSION = 1_280;
  private static final int ROUNDS = 3;

  @Override
  public String name() {
    return "writers";
  }

  @Override
  public String subject() {
    return "each dataset format's writer alone, at 2*10^4 and --records N; needs 8 kB of disk a record";
  }

  @Override
  public BenchResult run() throws Exception {
    return run(List.of());
  }

  @Override
  public BenchResult run(List<String> words) throws Exception {
    int asked = Count.of(name(), "records", RECORDS, WriterAlone.READY_RECORDS, words);
    int most = asked - asked % WriterAlone.READY_RECORDS;
    List<Row> rows = new ArrayList<>();
    for (DatasetFormat format : DatasetFormats.all()) {
      if (FEW < most) {
        rows.add(measured(format.name(), FEW));
      }
      rows.add(measured(format.name(), most));
    }
    return new BenchResult(
        name(),
        rows,
        List.of(
            "Rows with captions of 130 words and vectors of %d dimensions in float16, that lie ready in memory, and a conversation for one caption in five, which safetensors and npy do not hold; each file hashed and synced."
                .formatted(DIMENSION),
            "Medians of %d rounds in a Java of its own with %s, after %d rows that are left out. rows_per_s counts captions, mb_per_s what was written."
                .formatted(ROUNDS, ReplayStage.HEAP, FEW)));
  }

  private Row measured(String format, int records) throws Exception {
    try (Scratch scratch = Scratch.create(name())) {
      List<WriterAlone.Round> rounds =
          WriterAlone.rounds(scratch.folder(), format, DIMENSION, FEW, records, ROUNDS);
      double megabytes = rounds.getFirst().bytes() / 1e6;
      Row row =
          Row.spread(
              format + "_" + records,
              "s",
              rounds.stream().mapToDouble(WriterAlone.Round::seconds).toArray());
      double median = Objects.requireNonNull(row.figures().get("median_s"));
      return row.and("mb", megabytes)
          .and("rows_per_s", records / median)
          .and("mb_per_s", megabytes / median);
    }
  }
}
