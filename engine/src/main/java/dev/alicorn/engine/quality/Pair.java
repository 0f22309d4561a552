package dev.alicorn.engine.quality;

import java.util.List;

/// A question and its answer, as an instruct reply gives them.
///
/// @param options the choices A to D in that order; empty outside multiple choice
/// @param answer the letter of the right option in multiple choice, else the answer's text
public record Pair(String question, List<String> options, String answer) {
  /// The letters of the options, in their order.
  public static final String LETTERS = "ABCD";

  public Pair {
    options = List.copyOf(options);
    if (!options.isEmpty() && options.size() != 4) {
      throw new IllegalArgumentException("a pair has 4 options or none, not " + options.size());
    }
    if (!options.isEmpty() && (answer.length() != 1 || LETTERS.indexOf(answer) < 0)) {
      throw new IllegalArgumentException("the answer is the letter of an option, not " + answer);
    }
  }

  /// The index of the right option.
  ///
  /// @throws IllegalStateException outside multiple choice
  public int rightOption() {
    if (options.isEmpty()) {
      throw new IllegalStateException("a pair without options has no right one: " + question);
    }
    return LETTERS.indexOf(answer);
  }

  /// The answer in words: the right option's text in multiple choice.
  public String answerText() {
    return options.isEmpty() ? answer : options.get(rightOption());
  }
}
