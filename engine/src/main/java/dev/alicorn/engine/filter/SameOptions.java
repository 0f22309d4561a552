package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.engine.quality.TextWords;
import dev.alicorn.protocol.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Questions with fewer than four different options: case, punctuation and articles make none.
record SameOptions() implements PairFilter {
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  @Override
  public Filter filter() {
    return Filter.SAME_OPTIONS;
  }

  @Override
  public Optional<String> fault(Pair pair, List<Pair> before, String caption, double limit) {
    Set<List<String>> different = new HashSet<>();
    for (String option : pair.options()) {
      if (!different.add(bare(option))) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  private static List<String> bare(String option) {
    return TextWords.of(option).stream().filter(word -> !ARTICLES.contains(word)).toList();
  }

  @Override
  public String complaint(double limit) {
    return "Two options said the same. Give four that are all different.";
  }
}
