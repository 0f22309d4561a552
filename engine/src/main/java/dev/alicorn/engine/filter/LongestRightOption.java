package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.LongestOption;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.Filter;
import java.util.List;
import java.util.Optional;

/// Questions whose right option can be told by its length.
///
/// A word that is longer than other words is none: the difference is at least 12 characters.
record LongestRightOption() implements PairFilter {
  private static final int DIFFERENCE_CHARS_MIN = 12;

  @Override
  public Filter filter() {
    return Filter.LONGEST_OPTION;
  }

  @Override
  public Optional<String> fault(Pair pair, List<Pair> before, String caption, double limit) {
    if (pair.options().isEmpty()) {
      return Optional.empty();
    }
    String right = pair.answerText();
    double ratio = LongestOption.ratio(pair.options(), pair.rightOption());
    boolean plain =
        ratio > limit && right.length() - right.length() / ratio >= DIFFERENCE_CHARS_MIN;
    return plain ? Optional.of("%.1f times as long".formatted(ratio)) : Optional.empty();
  }

  @Override
  public String complaint(double limit) {
    return "The right option was far longer than the others. Give options of about the same length.";
  }
}
