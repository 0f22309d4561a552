package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Rhetoric;
import dev.alicorn.protocol.Filter;
import java.util.List;
import java.util.Optional;

/// Captions that praise, feel or compare where they should describe.
record RhetoricInCaption() implements CaptionFilter {
  @Override
  public Filter filter() {
    return Filter.RHETORIC;
  }

  @Override
  public Optional<String> fault(String seed, String caption, double limit) {
    List<String> found = Rhetoric.find(caption);
    return found.size() > limit ? Optional.of(String.join(", ", found)) : Optional.empty();
  }

  @Override
  public String complaint(double limit) {
    return "Your caption praised or compared. State in plain, neutral words only what can be seen.";
  }
}
