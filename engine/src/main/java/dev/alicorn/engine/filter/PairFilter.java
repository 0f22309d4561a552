package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Pair;
import java.util.List;
import java.util.Optional;

/// A filter of a sample's pairs: a pure function that any thread may call.
non-sealed interface PairFilter extends QualityFilter {
  /// What is wrong with a pair, in a few words; empty if nothing is.
  ///
  /// @param before the pairs of the sample before it that are kept
  /// @param caption that the pair is about
  Optional<String> fault(Pair pair, List<Pair> before, String caption, double limit);
}
