package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Numerals;
import dev.alicorn.protocol.Filter;
import java.util.List;
import java.util.Optional;

/// Captions with measures, years and serial numbers that their seeds do not have.
record NumeralsInCaption() implements CaptionFilter {
  @Override
  public Filter filter() {
    return Filter.INVENTED_NUMERALS;
  }

  @Override
  public Optional<String> fault(String seed, String caption, double limit) {
    List<String> invented = Numerals.invented(caption, seed);
    return invented.size() > limit ? Optional.of(String.join(", ", invented)) : Optional.empty();
  }

  @Override
  public String complaint(double limit) {
    return "Your caption had numbers that nobody gave you. Invent no measures, years or serial numbers.";
  }
}
