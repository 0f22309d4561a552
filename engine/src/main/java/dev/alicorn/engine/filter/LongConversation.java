package dev.alicorn.engine.filter;

import dev.alicorn.engine.quality.Pair;
import dev.alicorn.engine.quality.TextWords;
import dev.alicorn.protocol.Filter;
import java.util.List;
import java.util.Optional;

/// Samples that take too much of what a trainer keeps of a text.
record LongConversation() implements SampleFilter {
  @Override
  public Filter filter() {
    return Filter.LONG_CONVERSATION;
  }

  @Override
  public Optional<String> fault(List<Pair> pairs, double limit) {
    long words = 0;
    for (Pair pair : pairs) {
      words += TextWords.count(pair.question()) + TextWords.count(pair.answerText());
      for (String option : pair.options()) {
        words += TextWords.count(option);
      }
    }
    return words > limit ? Optional.of(words + " words") : Optional.empty();
  }

  @Override
  public String complaint(double limit) {
    return "Your answers were too long in all. Keep each to a few sentences.";
  }
}
