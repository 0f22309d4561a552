package dev.alicorn.engine.report;

import dev.alicorn.engine.quality.ContentWords;
import dev.alicorn.engine.quality.FastHash;
import dev.alicorn.engine.quality.MinHash;
import dev.alicorn.engine.quality.Numerals;
import dev.alicorn.engine.quality.Rhetoric;
import java.util.List;
import java.util.Optional;

/// What is found in one caption by itself, so that many can be looked at side by side.
///
/// @param rhetoric words of judgement, in their order
/// @param seed what is found beside the caption's seed; empty where the seed is not known
record CaptionLook(
    String id,
    String caption,
    int words,
    CaptionWords.Diversity diversity,
    long hash,
    MinHash signature,
    List<String> rhetoric,
    Optional<BesideSeed> seed) {

  /// @param kept share of the seed's content words that the caption has
  /// @param invented numerals that the seed does not have
  record BesideSeed(String text, double kept, List<String> invented) {}

  static CaptionLook of(String id, String caption, Optional<String> seed) {
    CaptionWords words = CaptionWords.of(caption);
    return new CaptionLook(
        id,
        caption,
        words.count(),
        words.diversity(),
        FastHash.of(caption),
        MinHash.of(caption),
        Rhetoric.find(caption),
        seed.map(text ->
            new BesideSeed(
                text, ContentWords.kept(text, caption), Numerals.invented(caption, text))));
  }
}
