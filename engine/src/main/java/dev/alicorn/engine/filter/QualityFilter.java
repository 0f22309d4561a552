package dev.alicorn.engine.filter;

import dev.alicorn.protocol.Filter;

/// A filter of quality, whatever it looks at.
sealed interface QualityFilter permits CaptionFilter, PairFilter, SampleFilter {
  Filter filter();

  /// The sentence that tells the model what to do better.
  String complaint(double limit);
}
