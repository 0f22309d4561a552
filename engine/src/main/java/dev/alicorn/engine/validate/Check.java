package dev.alicorn.engine.validate;

import java.util.Locale;

/// What can be wrong with a dataset; the key is its name in lines and reports.
public enum Check {
  // The folder and its manifest.
  NOTHING_TO_CHECK,
  MALFORMED_MANIFEST,
  MISSING_FILE,
  EXTRA_FILE,
  WRONG_LENGTH,
  WRONG_DIGEST,
  WRONG_ROW_COUNT,
  DAMAGED_PARQUET,

  // The JSON of a set.
  MALFORMED_JSON,
  NOT_AN_ARRAY,
  NOT_ASCII,
  MALFORMED_ROW,
  BAD_ID,
  DUPLICATE_ID,
  NO_EMBEDDING,

  // A conversation.
  UNKNOWN_ROLE,
  NOT_TWO_TURNS,
  FIRST_TURN_NOT_HUMAN,
  TURNS_NOT_ALTERNATING,
  LAST_TURN_HUMAN,
  IMAGE_MISSING,
  IMAGE_TWICE,
  IMAGE_MISPLACED,
  IMAGE_IN_ANSWER,
  EMPTY_VALUE,
  LONE_SURROGATE,
  RESERVED_TEXT,
  TOO_LONG,
  ANSWER_NOT_A_LETTER,

  // Pickled embeddings.
  UNSAFE_PICKLE,
  DAMAGED_PICKLE,
  MALFORMED_EMBEDDING,
  WRONG_NUMBER_TYPE,
  WRONG_DIMENSION,
  NOT_FINITE,
  NOT_NORMALISED,
  SHIFTED_DIFFERENTLY;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
