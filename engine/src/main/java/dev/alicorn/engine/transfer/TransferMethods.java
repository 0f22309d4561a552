package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.JobSpec;

/// The transfer methods there are: a new one is a file beside this and its arm here.
public final class TransferMethods {
  private TransferMethods() {}

  /// The method that a recipe names, fitted to the captions that the recipe exports.
  public static TransferMethod fit(JobSpec.Transfer transfer, CorpusMean corpus) {
    return switch (transfer.method()) {
      case MEAN_SHIFT -> new MeanShift(corpus.mean(), transfer.normalise());
      case NONE -> new Unmoved();
    };
  }
}
