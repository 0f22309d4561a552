package dev.alicorn.engine.judge;

import dev.alicorn.protocol.Filter;

/// Why an answer that came is not in the dataset; each reason is counted under its key.
public enum Rejection {
  /// A caption without a word in it.
  EMPTY_CAPTION("empty_caption"),
  /// A caption of too few words to describe anything.
  TOO_SHORT("too_short"),
  /// More tokens than the trainers keep of a text.
  TOO_LONG("too_long"),
  /// A marker inside a text that would break the trainers' chat template.
  FORBIDDEN_TEXT("forbidden_text"),
  /// The model, or the endpoint's filter, declined.
  REFUSAL("refusal"),
  /// An instruct reply that holds no JSON.
  NOT_JSON("not_json"),
  /// An instruct reply that only a repair could use, where nothing is to be repaired.
  NOT_AS_ASKED("not_as_asked"),
  /// JSON without question and answer pairs in it, or with options where none belong.
  WRONG_SHAPE("wrong_shape"),
  /// Fewer pairs than a sample has.
  WRONG_PAIR_COUNT("wrong_pair_count"),
  /// A question, an option or an answer without text.
  EMPTY_VALUE("empty_value"),
  /// A multiple-choice answer that is none of the options, or several of them.
  NO_RIGHT_OPTION("no_right_option"),
  /// A filter of quality found its fault; the reasons are called as the filters are.
  MARKUP(Filter.MARKUP),
  SHORT_CAPTION(Filter.SHORT_CAPTION),
  RHETORIC(Filter.RHETORIC),
  UNFAITHFUL(Filter.UNFAITHFUL),
  INVENTED_NUMERALS(Filter.INVENTED_NUMERALS),
  LEAKAGE(Filter.LEAKAGE),
  REPEATED_QUESTION(Filter.REPEATED_QUESTION),
  SAME_OPTIONS(Filter.SAME_OPTIONS),
  LONGEST_OPTION(Filter.LONGEST_OPTION),
  VERBATIM_COPY(Filter.VERBATIM_COPY),
  YES_SURPLUS(Filter.YES_SURPLUS),
  LONG_CONVERSATION(Filter.LONG_CONVERSATION),
  NEAR_DUPLICATE(Filter.NEAR_DUPLICATE),
  /// A caption whose text, as it is parsed now, was never embedded.
  NO_EMBEDDING("no_embedding"),
  /// A caption that the encoder gave no usable vector for.
  EMBEDDING_FAILED("embedding_failed"),
  /// A sample whose caption is itself rejected.
  CAPTION_REJECTED("caption_rejected"),
  /// A good sample beyond the number wanted.
  SURPLUS("surplus");

  private final String key;

  Rejection(String key) {
    this.key = key;
  }

  Rejection(Filter filter) {
    this(filter.key());
  }

  /// What a filter rejects for.
  static Rejection by(Filter filter) {
    return switch (filter) {
      case MARKUP -> MARKUP;
      case SHORT_CAPTION -> SHORT_CAPTION;
      case RHETORIC -> RHETORIC;
      case UNFAITHFUL -> UNFAITHFUL;
      case INVENTED_NUMERALS -> INVENTED_NUMERALS;
      case LEAKAGE -> LEAKAGE;
      case REPEATED_QUESTION -> REPEATED_QUESTION;
      case SAME_OPTIONS -> SAME_OPTIONS;
      case LONGEST_OPTION -> LONGEST_OPTION;
      case VERBATIM_COPY -> VERBATIM_COPY;
      case YES_SURPLUS -> YES_SURPLUS;
      case LONG_CONVERSATION -> LONG_CONVERSATION;
      case NEAR_DUPLICATE -> NEAR_DUPLICATE;
    };
  }

  public String key() {
    return key;
  }
}
