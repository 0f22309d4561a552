package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Pair;
import java.util.List;
import java.util.Optional;

/// A filter of whole samples: a pure function that any thread may call.
non-sealed interface SampleFilter extends QualityFilter {
  /// What is wrong with a sample, in a few words; empty if nothing is.
  Optional<String> fault(List<Pair> pairs, double limit);
}
