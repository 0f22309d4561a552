package dev.alicorn.engine.replay;

import dev.alicorn.engine.dataset.CaptionRow;
import dev.alicorn.engine.dataset.DatasetFacts;
import dev.alicorn.engine.dataset.DatasetFacts.FittedVectors;
import dev.alicorn.engine.dataset.DatasetFolder;
import dev.alicorn.engine.dataset.DatasetRow;
import dev.alicorn.engine.dataset.EmbeddingsAlone;
import dev.alicorn.engine.dataset.Findings;
import dev.alicorn.engine.dataset.Ladder;
import dev.alicorn.engine.dataset.Lineage;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.judge.RecordFacts;
import dev.alicorn.engine.transfer.Fit;
import dev.alicorn.engine.transfer.TransferMethod;
import dev.alicorn.engine.transfer.TransferMethods;
import dev.alicorn.engine.transfer.UnitVector;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncodedFact;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Repair;
import dev.alicorn.protocol.JobSpec.Transfer;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent.TextEmbedded;
import dev.alicorn.protocol.Recipe;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Usage;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a replay does with embeddings, and nothing else: facts that are laid apart are read for
/// their mean, read again, moved, and written for the trainer.
///
/// @param rows how many captions there are, each with a vector
/// @param dimension of the vectors
public record TransferPass(int rows, int dimension) {
  private static final Transfer MEAN_SHIFT = new Transfer(Transfer.Method.MEAN_SHIFT, true);
  private static final ContentHash TEXT = ContentHash.of("text");
  private static final Lineage LINEAGE =
      new Lineage(
          "made-up",
          "",
          "",
          Optional.empty(),
          "made-up",
          TEXT,
          new Usage(0, 0, 0),
          BigDecimal.ZERO,
          "USD");

  /// Lays the facts of made-up vectors apart, as a replay does with a journal's.
  ///
  /// @param folder that is not there yet
  public void scatter(Path folder) throws Exception {
    Files.createDirectory(folder);
    EncoderDescription encoder = encoder();
    try (Scatter scatter = new Scatter(folder)) {
      for (int row = 1; row <= rows; row++) {
        RecordId record = new RecordId(row);
        byte[] payload =
            JournalCodec.encode(new TextEmbedded(record, encoder.hash(), TEXT, vector(row), false));
        scatter.add(
            record, new EncodedFact(row, EventType.TEXT_EMBEDDED, ByteBuffer.wrap(payload)));
      }
    }
  }

  /// Writes the vectors for the trainer as they are.
  public void writeUnmoved(Path target) throws Exception {
    try (DatasetFolder out = EmbeddingsAlone.create(target, facts(method(begin().begin())))) {
      for (int row = 1; row <= rows; row++) {
        out.add(List.of(row(new RecordId(row), vector(row))));
      }
      out.finish();
    }
  }

  /// Moves the vectors: what a replay by mean shift does.
  ///
  /// @param scattered where the facts lie
  public void move(Path scattered, Path target) throws Exception {
    Facts facts = new Facts(TransferPass::noJournal, new Scatter(scattered), Map.of(), rows, rows);
    int threads = Runtime.getRuntime().availableProcessors();
    Fit.Pass pass = begin();
    Fit.Gathering all = pass.begin();
    facts.forEachRange(threads, records -> gathered(records, pass), all::merge);
    TransferMethod method = method(all);
    try (DatasetFolder out = EmbeddingsAlone.create(target, facts(method))) {
      facts.forEachRange(threads, records -> moved(records, method), out::add);
      out.finish();
    }
  }

  private static JournalCursor noJournal() {
    throw new IllegalStateException("the facts were laid apart without a journal");
  }

  private static Fit.Gathering gathered(Iterable<RecordFacts> records, Fit.Pass pass) {
    Fit.Gathering gathering = pass.begin();
    for (RecordFacts record : records) {
      gathering.add(unit(record));
    }
    return gathering;
  }

  private static List<DatasetRow> moved(Iterable<RecordFacts> records, TransferMethod method) {
    List<DatasetRow> moved = new ArrayList<>();
    for (RecordFacts record : records) {
      moved.add(row(record.record(), method.move(record.record(), unit(record))));
    }
    return moved;
  }

  private static UnitVector unit(RecordFacts record) {
    if (!(record.embeddings().getFirst() instanceof TextEmbedded embedded)) {
      throw new AssertionError("each record has a vector");
    }
    return UnitVector.of(embedded.vector()).orElseThrow();
  }

  private static CaptionRow row(RecordId record, Embedding vector) {
    return new CaptionRow(record, "", Optional.of(vector), LINEAGE);
  }

  private Fit.Pass begin() {
    return (Fit.Pass) TransferMethods.begin(MEAN_SHIFT, 1, dimension);
  }

  private static TransferMethod method(Fit.Gathering all) {
    return ((Fit.Fitted) all.end()).method();
  }

  private EncoderDescription encoder() {
    return new EncoderDescription(
        "made-up", ContentHash.of("made-up " + dimension), dimension, 512, true, true);
  }

  private DatasetFacts facts(TransferMethod method) {
    return new DatasetFacts(
        new JobId("transfer"),
        "transfer",
        rows,
        new Recipe(
            Map.of(),
            Repair.LOCAL,
            Filters.NONE,
            MEAN_SHIFT,
            new JobSpec.Dataset(List.of("trainer"), Precision.FLOAT32),
            1),
        "{}",
        Optional.of(new FittedVectors(encoder(), method, 0)),
        rows,
        0,
        Map.of(),
        Map.of(),
        new Ladder(0, 0, 0, 0),
        Findings.NONE,
        "bench");
  }

  /// A unit vector, as encoders give them, near a direction that all of them share.
  private Embedding vector(int row) {
    double[] values = new double[dimension];
    double squares = 0;
    long state = row * 0x9E3779B97F4A7C15L;
    for (int j = 0; j < dimension; j++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      values[j] = (state >>> 40) * 0x1p-24 - 0.5 + (j % 3 - 1) * 0.25;
      squares += values[j] * values[j];
    }
    float[] unit = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      unit[j] = (float) (values[j] / Math.sqrt(squares));
    }
    return Embedding.wrap(unit);
  }
}
