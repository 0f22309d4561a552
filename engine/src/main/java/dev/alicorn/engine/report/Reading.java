package dev.alicorn.engine.report;

import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.dataset.read.DatasetSource;
import dev.alicorn.engine.dataset.read.Flaw;
import dev.alicorn.engine.dataset.read.FormatSource;
import dev.alicorn.engine.dataset.read.ReadRow;
import dev.alicorn.engine.dataset.read.Row;
import dev.alicorn.engine.dataset.read.Spoken;
import dev.alicorn.engine.dataset.read.Vector;
import dev.alicorn.engine.report.ReportListener.Stage;
import dev.alicorn.protocol.Embedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The reading of one dataset folder for a report: texts once, vectors once.
///
/// Rows come from the format that says most of them, Parquet before others; vectors from the one
/// that is read fastest.
final class Reading {
  private static final String LINEAGE = "parquet";
  private static final List<String> FASTEST = List.of("npy", "safetensors", "parquet");

  private final DatasetSource source;
  private final FittedTransfer transfer;
  private final Steps steps;
  private final Composition composition = new Composition();
  private long unreadable;

  /// Is told of each row that is read.
  interface Steps {
    void row(Stage stage);
  }

  Reading(DatasetSource source, FittedTransfer transfer, Steps steps) {
    this.source = source;
    this.transfer = transfer;
    this.steps = steps;
  }

  CaptionTally captions() throws IOException {
    CaptionTally tally = new CaptionTally();
    try (SideBySide<Row, CaptionLook> looks = new SideBySide<>(Reading::look, tally::add)) {
      rows(
          DatasetSet.PRETRAIN,
          Stage.CAPTIONS,
          row -> {
            composition.add(row.origin().source(), row.origin().domain(), row.origin().model());
            looks.add(row);
          });
    }
    return tally;
  }

  private static CaptionLook look(Row row) {
    return CaptionLook.of(row.id(), caption(row), row.origin().seed());
  }

  /// The caption, which the answer repeats where there is no field for it.
  private static String caption(Row row) {
    return row.caption()
        .orElseGet(() ->
            row.conversation().stream()
                .filter(turn -> !turn.human())
                .map(Spoken::value)
                .findFirst()
                .orElse(""));
  }

  InstructionTally instructions() throws IOException {
    InstructionTally tally = new InstructionTally();
    try (SideBySide<Row, SampleLook> looks = new SideBySide<>(Reading::sample, tally::add)) {
      rows(DatasetSet.INSTRUCT, Stage.INSTRUCTIONS, looks::add);
    }
    return tally;
  }

  private static SampleLook sample(Row row) {
    List<PairLook> pairs = new ArrayList<>();
    List<Spoken> turns = row.conversation();
    for (int i = 0; i + 1 < turns.size(); i++) {
      if (turns.get(i).human() && !turns.get(i + 1).human()) {
        pairs.add(PairLook.of(turns.get(i).value(), turns.get(i + 1).value(), row.caption()));
      }
    }
    return new SampleLook(row.id(), row.origin().task().orElse(""), pairs);
  }

  private void rows(DatasetSet set, Stage stage, Consumer<Row> sink) throws IOException {
    Optional<FormatSource> format =
        source
            .format(LINEAGE)
            .filter(found -> !found.rowFiles(set).isEmpty())
            .or(() -> source.withRows(set));
    if (format.isEmpty()) {
      return;
    }
    format
        .get()
        .rows(
            set,
            read -> {
              row(read, sink);
              steps.row(stage);
            });
  }

  private void row(ReadRow read, Consumer<Row> sink) {
    switch (read) {
      case Row row -> sink.accept(row);
      case Flaw _ -> unreadable++;
    }
  }

  /// What is found in the vectors; empty where there are none, or of too many dimensions.
  Optional<VectorTally> vectors(Figures figures) throws IOException {
    Optional<FormatSource> format =
        FASTEST.stream()
            .flatMap(name -> source.format(name).stream())
            .filter(found -> !found.vectorFiles(DatasetSet.PRETRAIN).isEmpty())
            .findFirst()
            .or(source::withVectors);
    if (format.isEmpty()) {
      figures.absent(
          EmbeddingMeasure.VECTOR_COUNT,
          "the dataset has no vectors, so no model can be trained on it as it is");
      return Optional.empty();
    }
    VectorReading reading = new VectorReading();
    format
        .get()
        .vectors(
            DatasetSet.PRETRAIN,
            read -> {
              switch (read) {
                case Vector vector -> reading.add(vector);
                case Flaw _ -> unreadable++;
              }
              steps.row(Stage.VECTORS);
            });
    if (reading.tooWide) {
      figures.absent(
          EmbeddingMeasure.VECTOR_COUNT,
          "the vectors have more than " + VectorTally.DIMENSION_MAX + " dimensions");
    }
    return reading.tally;
  }

  /// The first vector says how many dimensions all have.
  private final class VectorReading {
    private Optional<VectorTally> tally = Optional.empty();
    private boolean tooWide;

    private void add(Vector read) {
      float[] vector = numbers(read.values());
      if (tooWide) {
        return;
      }
      if (tally.isEmpty()) {
        tooWide = vector.length > VectorTally.DIMENSION_MAX;
        if (tooWide) {
          return;
        }
        tally = Optional.of(new VectorTally(vector.length, transfer.undone()));
      }
      if (!tally.get().add(read.id(), vector)) {
        unreadable++;
      }
    }
  }

  private static float[] numbers(Embedding values) {
    float[] numbers = new float[values.dimension()];
    for (int j = 0; j < numbers.length; j++) {
      numbers[j] = values.get(j);
    }
    return numbers;
  }

  void composition(Figures figures) {
    composition.into(figures);
    figures.put(CompositionMeasure.UNREADABLE, (double) unreadable);
  }
}
