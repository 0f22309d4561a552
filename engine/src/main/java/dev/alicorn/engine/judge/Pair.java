package dev.alicorn.engine.judge;

import java.util.List;

/// A question and its answer, as an instruct reply gives them.
///
/// @param options the choices A to D in that order; empty outside multiple choice
/// @param answer the letter of the right option in multiple choice, else the answer's text
public record Pair(String question, List<String> options, String answer) {
  public Pair {
    options = List.copyOf(options);
    if (!options.isEmpty() && options.size() != 4) {
      throw new IllegalArgumentException("a pair has 4 options or none, not " + options.size());
    }
  }
}
