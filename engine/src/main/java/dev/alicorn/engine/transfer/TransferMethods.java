package dev.alicorn.engine.transfer;

import dev.alicorn.protocol.JobSpec;

/// The transfer methods there are: a new one is a file beside this and its arm here.
public final class TransferMethods {
  private TransferMethods() {}

  /// The method that a recipe names, still to be fitted to the captions that the recipe exports.
  ///
  /// @param dimension of the embeddings
  public static Fit begin(JobSpec.Transfer transfer, int dimension) {
    return switch (transfer.method()) {
      case MEAN_SHIFT ->
          Fit.Pass.ofRows(
              dimension,
              1,
              corpus -> new Fit.Fitted(new MeanShift(corpus.mean(), transfer.normalise())));
      case NONE -> new Fit.Fitted(new Unmoved());
    };
  }
}
