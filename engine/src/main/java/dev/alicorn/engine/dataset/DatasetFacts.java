package dev.alicorn.engine.dataset;

import dev.alicorn.engine.transfer.TransferMethod;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.Recipe;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a dataset says of itself, all known before its first row is written.
///
/// @param job the job whose journal the dataset is made from
/// @param name the job's name
/// @param seq the last fact of the journal that the dataset is made from
/// @param recipeJson the recipe's canonical JSON
/// @param vectors empty where the recipe has no encoder
/// @param captions rows of the pretrain set
/// @param samples rows of the instruct set
/// @param captionOutcomes how many records came to each outcome, by its name
/// @param sampleOutcomes how many draws came to each outcome, by its name
/// @param ladder where the samples were found
/// @param findings the faults that are reported of rows and let pass
/// @param version the version of Alicorn
public record DatasetFacts(
    JobId job,
    String name,
    long seq,
    Recipe recipe,
    String recipeJson,
    Optional<FittedVectors> vectors,
    long captions,
    long samples,
    Map<String, Long> captionOutcomes,
    Map<String, Long> sampleOutcomes,
    Ladder ladder,
    Findings findings,
    String version) {
  public DatasetFacts {
    captionOutcomes = Collections.unmodifiableMap(new TreeMap<>(captionOutcomes));
    sampleOutcomes = Collections.unmodifiableMap(new TreeMap<>(sampleOutcomes));
  }

  public DatasetShape shape() {
    int dimension = vectors.map(fitted -> fitted.encoder().dimension()).orElse(0);
    return new DatasetShape(captions, samples, dimension, recipe.dataset().vectors());
  }

  /// Whether every vector has unit length.
  boolean normalised() {
    return switch (recipe.transfer().method()) {
      case MEAN_SHIFT -> recipe.transfer().normalise();
      case RE_ALIGN, C3, NONE -> true;
    };
  }

  /// The encoder that the vectors come from and the transfer that was fitted to them.
  ///
  /// @param captionsTruncated captions of the pretrain set of which the encoder read the beginning
  ///   only
  public record FittedVectors(
      EncoderDescription encoder, TransferMethod transfer, long captionsTruncated) {
    /// What of the captions is not in their vectors.
    public Truncation truncation() {
      return new Truncation(captionsTruncated, encoder.maxTokens());
    }
  }
}
