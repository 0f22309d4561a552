package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.engine.quality.YesNo;
import dev.alicorn.protocol.Filter;
import java.util.List;
import java.util.Optional;

/// Answers of yes where there are more of them than of no already: models like to agree.
record YesSurplus() implements PairFilter {
  @Override
  public Filter filter() {
    return Filter.YES_SURPLUS;
  }

  @Override
  public Optional<String> fault(Pair pair, List<Pair> before, String caption, double limit) {
    if (YesNo.of(pair.answerText()) != YesNo.YES) {
      return Optional.empty();
    }
    int surplus = 0;
    for (Pair earlier : before) {
      surplus +=
          switch (YesNo.of(earlier.answerText())) {
            case YES -> 1;
            case NO -> -1;
            case NEITHER -> 0;
          };
    }
    return surplus >= limit ? Optional.of(surplus + " more yes than no") : Optional.empty();
  }

  @Override
  public String complaint(double limit) {
    return "Too many answers were yes. Ask fewer questions of yes or no, and some whose answer is no.";
  }
}
