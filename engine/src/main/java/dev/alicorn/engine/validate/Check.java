package dev.alicorn.engine.validate;

import dev.alicorn.engine.format.Fault;
import java.util.Locale;

/// What can be wrong with a dataset; the key is its name in lines and reports.
public enum Check {
  // The folder and its manifest.
  MALFORMED_MANIFEST,
  MISSING_FILE,
  EXTRA_FILE,
  WRONG_LENGTH,
  WRONG_DIGEST,
  WRONG_ROW_COUNT,
  WRONG_COUNTS,

  // Files and rows as they are read.
  MALFORMED_JSON,
  NOT_AN_ARRAY,
  NOT_ASCII,
  MALFORMED_ROW,
  BAD_ID,
  DAMAGED_PARQUET,
  MISSING_COLUMN,
  NULL_VALUE,
  DAMAGED_TAR,
  BAD_KEY,
  MEMBER_MISSING,
  MEMBERS_APART,

  // A row among the others.
  DUPLICATE_ID,
  NO_EMBEDDING,
  NO_CAPTION,
  IDS_DIFFER,
  TEXTS_DIFFER,
  VECTORS_DIFFER,

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
  NOT_FOUR_OPTIONS,
  ANSWER_NOT_A_LETTER,

  // Vectors.
  UNSAFE_PICKLE,
  DAMAGED_PICKLE,
  MALFORMED_EMBEDDING,
  DAMAGED_NPY,
  DAMAGED_SAFETENSORS,
  IDS_MISSING,
  IDS_COUNT,
  WRONG_NUMBER_TYPE,
  WRONG_ORDER,
  WRONG_DIMENSION,
  NOT_FINITE,
  NOT_NORMALISED,
  SHIFTED_DIFFERENTLY;

  /// The check that what was found in reading fails.
  static Check of(Fault fault) {
    return switch (fault) {
      case MALFORMED_JSON -> MALFORMED_JSON;
      case NOT_AN_ARRAY -> NOT_AN_ARRAY;
      case NOT_ASCII -> NOT_ASCII;
      case MALFORMED_ROW -> MALFORMED_ROW;
      case BAD_ID -> BAD_ID;
      case DAMAGED_PARQUET -> DAMAGED_PARQUET;
      case MISSING_COLUMN -> MISSING_COLUMN;
      case NULL_VALUE -> NULL_VALUE;
      case DAMAGED_TAR -> DAMAGED_TAR;
      case BAD_KEY -> BAD_KEY;
      case MEMBER_MISSING -> MEMBER_MISSING;
      case MEMBERS_APART -> MEMBERS_APART;
      case UNSAFE_PICKLE -> UNSAFE_PICKLE;
      case DAMAGED_PICKLE -> DAMAGED_PICKLE;
      case MALFORMED_EMBEDDING -> MALFORMED_EMBEDDING;
      case DAMAGED_NPY -> DAMAGED_NPY;
      case DAMAGED_SAFETENSORS -> DAMAGED_SAFETENSORS;
      case IDS_MISSING -> IDS_MISSING;
      case IDS_COUNT -> IDS_COUNT;
      case WRONG_NUMBER_TYPE -> WRONG_NUMBER_TYPE;
      case WRONG_ORDER -> WRONG_ORDER;
      case WRONG_DIMENSION -> WRONG_DIMENSION;
    };
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
