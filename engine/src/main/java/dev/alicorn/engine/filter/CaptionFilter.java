package dev.alicorn.engine.filter;

import java.util.Optional;

/// A filter of captions: a pure function that any thread may call.
non-sealed interface CaptionFilter extends QualityFilter {
  /// What is wrong with a caption of a seed, in a few words; empty if nothing is.
  Optional<String> fault(String seed, String caption, double limit);
}
