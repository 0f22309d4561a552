package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Numerals;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.Filter;
import java.util.List;
import java.util.Optional;

/// Answers with numbers in digits that neither the caption nor the question has.
record NumeralsInAnswer() implements PairFilter {
  @Override
  public Filter filter() {
    return Filter.INVENTED_NUMERALS;
  }

  @Override
  public Optional<String> fault(Pair pair, List<Pair> before, String caption, double limit) {
    List<String> invented = Numerals.invented(pair.answerText(), caption, pair.question());
    return invented.size() > limit ? Optional.of(String.join(", ", invented)) : Optional.empty();
  }

  @Override
  public String complaint(double limit) {
    return "Your answers had numbers that nobody can see. Invent no measures, years or serial numbers.";
  }
}
