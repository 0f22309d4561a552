package dev.alicorn.engine.transfer;

import dev.alicorn.config.ConfigException;
import dev.alicorn.protocol.Anchor;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JobSpec;
import java.util.Optional;
import java.util.function.Function;

/// The transfer methods there are: a new one is a file beside this and its arm here.
public final class TransferMethods {
  private TransferMethods() {}

  /// The method that a recipe names, still to be fitted to the captions that the recipe exports.
  ///
  /// @param randomSeed of the recipe, from which noise follows
  /// @param dimension of the embeddings
  public static Fit begin(JobSpec.Transfer transfer, long randomSeed, int dimension) {
    return switch (transfer.method()) {
      case MEAN_SHIFT ->
          ofMean(dimension, corpus -> new MeanShift(corpus.mean(), transfer.normalise()));
      case RE_ALIGN ->
          ReAlign.begin(transfer.anchor().orElseThrow(), transfer.centroidIterations());
      case C3 ->
          ofMean(dimension, corpus -> new C3(corpus.mean(), transfer.noiseRatio(), randomSeed));
      case NONE -> new Fit.Fitted(new Unmoved());
    };
  }

  private static Fit ofMean(int dimension, Function<CorpusMean, TransferMethod> method) {
    return Fit.Pass.ofRows(dimension, 1, corpus -> new Fit.Fitted(method.apply(corpus)));
  }

  /// Refuses a transfer that cannot move an encoder's vectors.
  ///
  /// @throws ConfigException when its anchor has other dimensions
  public static void requireMatch(JobSpec.Transfer transfer, EncoderDescription encoder)
      throws ConfigException {
    Optional<Anchor> anchor = transfer.anchor();
    if (anchor.isPresent() && anchor.get().dimension() != encoder.dimension()) {
      throw new ConfigException(
          "transfer.anchor",
          "it has %s dimensions and the encoder %s has %s; make one with the image encoder of the same model"
              .formatted(anchor.get().dimension(), encoder.name(), encoder.dimension()));
    }
  }
}
