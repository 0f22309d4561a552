package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Leakage;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.Filter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Questions and answers that betray that there was a caption and no image.
record LeakageInPair() implements PairFilter {
  @Override
  public Filter filter() {
    return Filter.LEAKAGE;
  }

  @Override
  public Optional<String> fault(Pair pair, List<Pair> before, String caption, double limit) {
    return Stream.concat(Stream.of(pair.question()), said(pair))
        .map(Leakage::find)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Stream<String> said(Pair pair) {
    return pair.options().isEmpty() ? Stream.of(pair.answer()) : pair.options().stream();
  }

  @Override
  public String complaint(double limit) {
    return "Ask and answer as one who looks at the image: never mention a caption, a description or a text.";
  }
}
