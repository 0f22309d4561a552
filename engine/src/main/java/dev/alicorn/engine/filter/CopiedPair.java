package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.engine.quality.VerbatimCopy;
import dev.alicorn.protocol.Filter;
import java.util.List;
import java.util.Optional;

/// Questions and answers that are copied from the caption.
record CopiedPair() implements PairFilter {
  @Override
  public Filter filter() {
    return Filter.VERBATIM_COPY;
  }

  @Override
  public Optional<String> fault(Pair pair, List<Pair> before, String caption, double limit) {
    int words =
        Math.max(
            VerbatimCopy.runWords(pair.question(), caption),
            VerbatimCopy.runWords(pair.answerText(), caption));
    return words > limit ? Optional.of(words + " words in a row") : Optional.empty();
  }

  @Override
  public String complaint(double limit) {
    return "You copied whole sentences. Ask and answer in your own words.";
  }
}
