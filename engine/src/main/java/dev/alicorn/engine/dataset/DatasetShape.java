package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.JobSpec;

/// How much a dataset holds, known before its first row is written.
///
/// @param captions rows of the pretrain set
/// @param samples rows of the instruct set
/// @param dimension length of every row's vector, 0 where rows have none
public record DatasetShape(
    long captions, long samples, int dimension, JobSpec.Dataset.Precision precision) {
  public DatasetShape {
    if (captions < 0 || samples < 0 || dimension < 0) {
      throw new IllegalArgumentException(
          "a shape is not negative: %s captions, %s samples, dimension %s"
              .formatted(captions, samples, dimension));
    }
  }

  public boolean hasVectors() {
    return dimension > 0;
  }

  public long rows(DatasetSet set) {
    return switch (set) {
      case PRETRAIN -> captions;
      case INSTRUCT -> samples;
    };
  }
}
