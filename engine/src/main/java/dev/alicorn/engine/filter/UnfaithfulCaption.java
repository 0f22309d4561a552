package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.ContentWords;
import dev.alicorn.protocol.Filter;
import java.util.Optional;

/// Captions that have lost their seed: too few of its content words are in them.
record UnfaithfulCaption() implements CaptionFilter {
  @Override
  public Filter filter() {
    return Filter.UNFAITHFUL;
  }

  @Override
  public Optional<String> fault(String seed, String caption, double limit) {
    double kept = ContentWords.kept(seed, caption);
    return kept < limit ? Optional.of("%.2f of the seed".formatted(kept)) : Optional.empty();
  }

  @Override
  public String complaint(double limit) {
    return "Your caption left out what the image shows. Describe all that is named at the end.";
  }
}
