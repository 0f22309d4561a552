package dev.alicorn.engine.seed.web;

import dev.alicorn.engine.quality.TextWords;
import java.util.List;
import java.util.Set;

/// A text as the rules look at it.
///
/// @param words in lower case, in their order
record WebText(String text, List<String> words) {
  static WebText of(String text) {
    return new WebText(text, TextWords.of(text));
  }

  /// How many of its words are in a set.
  long count(Set<String> set) {
    return words.stream().filter(set::contains).count();
  }
}
