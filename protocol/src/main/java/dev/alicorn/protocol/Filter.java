package dev.alicorn.protocol;

import java.util.Optional;

/// A filter of quality: one kind of fault that a readable answer may have.
public enum Filter {
  /// A caption that is a list, or has headings or other marks of formatting.
  MARKUP("markup"),
  /// A caption of few words.
  SHORT_CAPTION("short_caption", "words_min"),
  /// A caption with words of praise, feeling or comparison.
  RHETORIC("rhetoric", "words_max"),
  /// A caption with few of the seed's content words.
  UNFAITHFUL("unfaithful", "share_min"),
  /// Numbers in digits that come from nowhere: in a caption, or in an answer.
  INVENTED_NUMERALS("invented_numerals", "numerals_max"),
  /// A text that betrays that it was made from a text.
  LEAKAGE("leakage"),
  /// A question asked before in the same sample, in about the same words.
  REPEATED_QUESTION("repeated_question", "similarity_max"),
  /// Options of which two say the same.
  SAME_OPTIONS("same_options"),
  /// A right option that is much longer than all others.
  LONGEST_OPTION("longest_option", "ratio_max"),
  /// A question or an answer that has a run of words from the caption.
  VERBATIM_COPY("verbatim_copy", "words_max"),
  /// More answers of yes than of no in a sample.
  YES_SURPLUS("yes_surplus", "answers_max"),
  /// A sample of many words.
  LONG_CONVERSATION("long_conversation", "words_max"),
  /// A caption that is nearly another one, by the shingles that both have.
  NEAR_DUPLICATE("near_duplicate", "similarity_max");

  private final String key;
  private final Optional<String> limitKey;

  Filter(String key) {
    this.key = key;
    this.limitKey = Optional.empty();
  }

  Filter(String key, String limitKey) {
    this.key = key;
    this.limitKey = Optional.of(limitKey);
  }

  /// What it is called in a recipe, and what its findings are counted by.
  public String key() {
    return key;
  }

  /// What its limit is called in a recipe; empty for a filter without one.
  public Optional<String> limitKey() {
    return limitKey;
  }
}
