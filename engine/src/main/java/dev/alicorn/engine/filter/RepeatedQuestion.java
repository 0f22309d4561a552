package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.engine.quality.TextWords;
import dev.alicorn.protocol.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Questions that were asked before in the same sample.
record RepeatedQuestion() implements PairFilter {
  @Override
  public Filter filter() {
    return Filter.REPEATED_QUESTION;
  }

  @Override
  public Optional<String> fault(Pair pair, List<Pair> before, String caption, double limit) {
    Set<String> words = new HashSet<>(TextWords.of(pair.question()));
    for (Pair earlier : before) {
      if (similarity(words, new HashSet<>(TextWords.of(earlier.question()))) > limit) {
        return Optional.of(earlier.question());
      }
    }
    return Optional.empty();
  }

  /// The share of all words of two questions that both have.
  private static double similarity(Set<String> one, Set<String> other) {
    long both = one.stream().filter(other::contains).count();
    long either = one.size() + other.size() - both;
    return either == 0 ? 1 : (double) both / either;
  }

  @Override
  public String complaint(double limit) {
    return "You asked the same thing twice. Ask about something else each time.";
  }
}
