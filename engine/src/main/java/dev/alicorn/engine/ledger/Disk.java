package dev.alicorn.engine.ledger;

import dev.alicorn.protocol.JobSpec;
import java.util.OptionalInt;

/// The disk that a job is going to fill, in bytes.
///
/// The sizes beside the vectors' are those of the quick start's files, brought to texts of the
/// lengths that a [Forecast] takes for granted: 780 characters a caption, 1,760 a sample.
///
/// @param journalBytes of facts; an endpoint that says more around its replies makes it more
/// @param datasetBytes of the formats that are known here
public record Disk(long journalBytes, long datasetBytes) {
  private static final long JOURNAL_CAPTION_BYTES = 1_400;
  private static final long JOURNAL_SAMPLE_BYTES = 2_400;
  private static final long JOURNAL_VECTOR_BYTES = 150;
  private static final long TRAINER_CAPTION_BYTES = 1_750;
  private static final long TRAINER_SAMPLE_BYTES = 3_200;
  private static final long PARQUET_CAPTION_BYTES = 600;
  private static final long PARQUET_SAMPLE_BYTES = 1_100;
  private static final long LINE_CAPTION_BYTES = 1_690;
  private static final long LINE_NAME_BYTES = 810;

  /// A header, and what fills the last block.
  private static final long TAR_ENTRY_BYTES = 768;

  private static final long NPY_FRONT_BYTES = 128;

  /// @param dimension of the vectors; empty where there are none, or nobody knows
  static Disk of(long captions, long samples, OptionalInt dimension, JobSpec.Dataset dataset) {
    long floats = dimension.orElse(0);
    long vector = floats * dataset.vectors().bytes();
    long journalVector = floats == 0 ? 0 : floats * Float.BYTES + JOURNAL_VECTOR_BYTES;
    long journal =
        captions * (JOURNAL_CAPTION_BYTES + journalVector) + samples * JOURNAL_SAMPLE_BYTES;
    long tarred = TAR_ENTRY_BYTES + (floats == 0 ? 0 : NPY_FRONT_BYTES + vector + TAR_ENTRY_BYTES);
    long files = 0;
    for (String format : dataset.formats()) {
      files +=
          switch (format) {
            case "trainer" ->
                captions * (TRAINER_CAPTION_BYTES + vector) + samples * TRAINER_SAMPLE_BYTES;
            case "parquet" ->
                captions * (PARQUET_CAPTION_BYTES + vector)
                    + samples * (PARQUET_SAMPLE_BYTES + vector);
            case "jsonl" -> captions * LINE_CAPTION_BYTES + samples * TRAINER_SAMPLE_BYTES;
            case "safetensors", "npy" -> captions * (LINE_NAME_BYTES + vector);
            case "webdataset" ->
                captions * (LINE_CAPTION_BYTES + tarred)
                    + samples * (TRAINER_SAMPLE_BYTES + tarred);
            default -> 0;
          };
    }
    return new Disk(journal, files);
  }
}
