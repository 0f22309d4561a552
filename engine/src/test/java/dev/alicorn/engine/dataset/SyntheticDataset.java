package dev.alicorn.engine.dataset;

import dev.alicorn.engine.judge.Tasks;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.engine.transfer.TestVectors;
import dev.alicorn.engine.transfer.UnitVector;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import dev.alicorn.protocol.Recipe;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.TaskName;
import dev.alicorn.protocol.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// A dataset of made-up rows, the same for the same seed: a caption a record, and a sample for
/// every second one, the three tasks in turn.
public final class SyntheticDataset {

  private final long seed;
  private final int captions;
  private final int dimension;
  private final Precision precision;
  private final Transfer transfer;
  private final boolean imageTower;
  private final long rowsPerShard;
  private final List<UnitVector> raw = new ArrayList<>();
  private final DatasetFacts facts;

  public SyntheticDataset(
      long seed,
      int captions,
      int dimension,
      Precision precision,
      Transfer transfer,
      boolean imageTower,
      long rowsPerShard) {
    this.seed = seed;
    this.captions = captions;
    this.dimension = dimension;
    this.precision = precision;
    this.transfer = transfer;
    this.imageTower = imageTower;
    this.rowsPerShard = rowsPerShard;
    Random random = new Random(seed);
    for (int i = 0; i < captions && dimension > 0; i++) {
      float[] vector = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        vector[j] = (float) (random.nextGaussian() + (j == 0 ? 3 : 0));
      }
      raw.add(UnitVector.of(Embedding.wrap(vector)).orElseThrow());
    }
    facts = facts();
  }

  /// A small one with vectors, in shards of 4 rows.
  public static SyntheticDataset small() {
    return new SyntheticDataset(
        1, 11, 6, Precision.FLOAT32, new Transfer(Transfer.Method.MEAN_SHIFT, true), true, 4);
  }

  public DatasetFacts facts() {
    Optional<DatasetFacts.FittedVectors> vectors =
        dimension == 0
            ? Optional.empty()
            : Optional.of(
                new DatasetFacts.FittedVectors(
                    new EncoderDescription(
                        "toy-encoder", ContentHash.of("toy"), dimension, 128, true, imageTower),
                    TestVectors.fit(transfer, dimension, raw),
                    0));
    return new DatasetFacts(
        new JobId("toy-1"),
        "a \"toy\" job: caf\u00e9",
        4711,
        new Recipe(
            Map.of(Tasks.MULTIPLE_CHOICE, 2L),
            JobSpec.Repair.LOCAL,
            Filters.NONE,
            transfer,
            new JobSpec.Dataset(List.of("trainer", "parquet"), precision),
            1),
        "{\"random_seed\":1,\"transfer\":{\"method\":\"mean-shift\"}}",
        vectors,
        captions,
        captions / 2,
        Map.of("exported", (long) captions, "rejected(too_short)", 3L),
        Map.of("exported", captions / 2L, "rejected(surplus)", 1L),
        new Ladder(captions / 2L, 0, 0, 1),
        Findings.NONE,
        "0.1.0");
  }

  public CaptionRow captionRow(int ordinal) {
    return new CaptionRow(
        new RecordId(ordinal), caption(ordinal), vector(ordinal), lineage(ordinal));
  }

  public SampleRow sampleRow(int ordinal) {
    TaskName task = Tasks.ALL.get(ordinal / 2 % Tasks.ALL.size());
    List<Pair> pairs =
        task.equals(Tasks.MULTIPLE_CHOICE)
            ? List.of(
                new Pair(
                    "Which colour is boat " + ordinal + "?",
                    List.of("red", "blue", "green", "white"),
                    "B"),
                new Pair("How many masts?", List.of("one", "two", "three", "none"), "A"))
            : List.of(
                new Pair("What lies in harbour " + ordinal + "?", List.of(), "A blue boat."),
                new Pair("Why is it empty?", List.of(), "Because the tide is out \u2014 far."));
    return new SampleRow(
        new RecordId(ordinal),
        Tasks.JOB.instruct().task(task),
        caption(ordinal),
        pairs,
        vector(ordinal),
        lineage(ordinal));
  }

  /// Writes the dataset as Parquet and for trainers, to a folder that is not there yet.
  public ContentHash write(Path target) throws IOException, DatasetException {
    return written(open(target));
  }

  /// Writes the dataset in every format that its rows allow.
  public ContentHash writeInAllFormats(Path target) throws IOException, DatasetException {
    List<DatasetFormat> formats =
        Stream.<DatasetFormat>of(
                new ParquetFormat(rowsPerShard),
                new TrainerFormat(rowsPerShard),
                new JsonlFormat(),
                new SafetensorsFormat(rowsPerShard),
                new NpyFormat(rowsPerShard),
                new WebDatasetFormat(rowsPerShard))
            .filter(format -> dimension > 0 || !format.needsVectors())
            .toList();
    return written(DatasetFolder.create(target, facts, formats));
  }

  private ContentHash written(DatasetFolder started) throws IOException, DatasetException {
    try (DatasetFolder folder = started) {
      addRows(folder);
      return folder.finish();
    }
  }

  DatasetFolder open(Path target) throws IOException, DatasetException {
    return DatasetFolder.create(
        target, facts, List.of(new ParquetFormat(rowsPerShard), new TrainerFormat(rowsPerShard)));
  }

  void addRows(DatasetFolder folder) throws IOException {
    for (int ordinal = 1; ordinal <= captions; ordinal++) {
      folder.add(
          ordinal % 2 == 0
              ? List.of(captionRow(ordinal), sampleRow(ordinal))
              : List.of(captionRow(ordinal)));
    }
  }

  private static String caption(int ordinal) {
    return "A small blue boat, number %s, lies on wet sand; caf\u00e9 \uD83D\uDEA4 behind it."
        .formatted(ordinal);
  }

  private Optional<Embedding> vector(int ordinal) {
    return facts
        .vectors()
        .map(fitted -> fitted.transfer().move(new RecordId(ordinal), raw.get(ordinal - 1)));
  }

  private Lineage lineage(int ordinal) {
    return new Lineage(
        "captions.jsonl",
        "line " + ordinal,
        "boat " + (seed + ordinal),
        ordinal % 3 == 0 ? Optional.of("boats") : Optional.empty(),
        "toy-llm",
        ContentHash.of("prompt"),
        new Usage(100 + ordinal, 0, 50),
        new BigDecimal("0.00001").multiply(BigDecimal.valueOf(ordinal)),
        "USD");
  }
}
