package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.TextWords;
import dev.alicorn.protocol.Filter;
import java.util.Optional;

/// Captions that say little: a seed in other words, not a description.
record ShortCaption() implements CaptionFilter {
  @Override
  public Filter filter() {
    return Filter.SHORT_CAPTION;
  }

  @Override
  public Optional<String> fault(String seed, String caption, double limit) {
    int words = TextWords.count(caption);
    return words < limit ? Optional.of(words + " words") : Optional.empty();
  }

  @Override
  public String complaint(double limit) {
    return "Your caption was short. Write one full paragraph, of more than %.0f words."
        .formatted(limit);
  }
}
