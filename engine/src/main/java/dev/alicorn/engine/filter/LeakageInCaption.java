package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Leakage;
import dev.alicorn.protocol.Filter;
import java.util.Optional;

/// Captions that speak of themselves.
record LeakageInCaption() implements CaptionFilter {
  @Override
  public Filter filter() {
    return Filter.LEAKAGE;
  }

  @Override
  public Optional<String> fault(String seed, String caption, double limit) {
    return Leakage.find(caption);
  }

  @Override
  public String complaint(double limit) {
    return "Your caption spoke of a caption or a text. Describe the image as one who looks at it.";
  }
}
