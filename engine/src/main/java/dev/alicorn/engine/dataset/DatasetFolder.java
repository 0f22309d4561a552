package dev.alicorn.engine.dataset;

import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.transfer.Statistic;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.JobSpec;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A dataset folder in the making: it is complete under its name, or it is not there.
///
/// Rows go to every format of the recipe as they come, each format on a thread of its own. All is
/// written in a hidden folder beside the target and renamed into place by [#finish()], after every
/// file and folder is synced. Not thread-safe.
public final class DatasetFolder implements Closeable {
  static final String TRANSFER_FILE = "transfer.safetensors";

  private final DatasetFacts facts;
  private final DatasetShape shape;
  private final List<DatasetFormat> formats;
  private final PartialFolder partial;
  private final DatasetFiles files;
  private final List<WriterThread> writers = new ArrayList<>();
  private long captions;
  private long samples;
  private long lastCaption;
  private long lastSample;

  private DatasetFolder(DatasetFacts facts, List<DatasetFormat> formats, PartialFolder partial) {
    this.facts = facts;
    this.shape = facts.shape();
    this.formats = formats;
    this.partial = partial;
    files = new DatasetFiles(partial.path());
  }

  /// Starts a dataset at a path where nothing is yet; what a killed run left beside it is removed.
  ///
  /// @throws DatasetException where the target exists; it is not touched
  /// @throws ConfigException where a format is unknown or needs vectors that are not there
  public static DatasetFolder create(Path target, DatasetFacts facts)
      throws DatasetException, ConfigException, IOException {
    List<DatasetFormat> formats =
        DatasetFormats.named(facts.recipe().dataset().formats(), facts.vectors().isPresent());
    return create(target, facts, formats);
  }

  static DatasetFolder create(Path target, DatasetFacts facts, List<DatasetFormat> formats)
      throws DatasetException, IOException {
    DatasetFolder folder = new DatasetFolder(facts, formats, PartialFolder.create(target));
    try {
      for (DatasetFormat format : formats) {
        folder.writers.add(
            new WriterThread(format.open(folder.files, folder.shape), format.name()));
      }
      return folder;
    } catch (IOException | RuntimeException e) {
      try {
        folder.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /// Adds rows, each to its set; ids ascend within each. They are being written when this returns.
  public void add(List<DatasetRow> rows) throws IOException {
    for (DatasetRow row : rows) {
      switch (row) {
        case CaptionRow _ -> {
          lastCaption = check(row, lastCaption);
          captions++;
        }
        case SampleRow _ -> {
          lastSample = check(row, lastSample);
          samples++;
        }
      }
    }
    for (WriterThread writer : writers) {
      writer.add(rows);
    }
  }

  /// Completes every file and puts the folder in its place.
  ///
  /// @return the hash of `manifest.json`
  /// @throws DatasetException where something came to lie at the target meanwhile
  public ContentHash finish() throws DatasetException, IOException {
    if (captions != shape.captions() || samples != shape.samples()) {
      throw new IllegalStateException(
          "the dataset was to have %s captions and %s samples, not %s and %s"
              .formatted(shape.captions(), shape.samples(), captions, samples));
    }
    for (WriterThread writer : writers) {
      writer.finish();
    }
    writeStatistics();
    try (OutputStream card = files.create(Card.FILE)) {
      card.write(new Card(facts, formats).text().getBytes(StandardCharsets.UTF_8));
    }
    byte[] manifest = Manifest.of(facts, files.written());
    partial.complete(manifest);
    return ContentHash.of(manifest);
  }

  /// Removes what was written, unless the folder is finished.
  @Override
  public void close() throws IOException {
    writers.forEach(WriterThread::close);
    files.abandon();
    partial.close();
  }

  private void writeStatistics() throws IOException {
    if (facts.vectors().isEmpty()) {
      return;
    }
    Map<String, Statistic> statistics = facts.vectors().get().transfer().statistics();
    if (statistics.isEmpty()) {
      return;
    }
    JobSpec.Transfer transfer = facts.recipe().transfer();
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("method", transfer.method().key());
    metadata.put("normalise", Boolean.toString(transfer.normalise()));
    transfer.anchor().ifPresent(anchor -> metadata.put("anchor_sha256", anchor.sha256().hex()));
    if (transfer.method() == JobSpec.Transfer.Method.C3) {
      metadata.put("noise_ratio", Double.toString(transfer.noiseRatio()));
      metadata.put("random_seed", Long.toString(facts.recipe().randomSeed()));
    }
    metadata.put("rows", Long.toString(captions));
    metadata.put("encoder", facts.vectors().get().encoder().name());
    metadata.put("encoder_sha256", facts.vectors().get().encoder().hash().hex());
    try (OutputStream out = files.create(TRANSFER_FILE)) {
      Safetensors.write(out, metadata, statistics);
    }
  }

  private long check(DatasetRow row, long last) {
    long id = row.id().ordinal();
    if (id <= last) {
      throw new IllegalStateException("record " + id + " comes after record " + last);
    }
    int dimension = row.vector().map(vector -> vector.dimension()).orElse(0);
    if (dimension != shape.dimension()) {
      throw new IllegalStateException(
          "record %s has a vector of %s dimensions, not %s"
              .formatted(id, dimension, shape.dimension()));
    }
    return id;
  }
}
