package dev.alicorn.engine.validate;

/// What ids may be.
final class Ids {
  static final String MEND =
      "an id is a text that is neither empty nor \"0\", which trainers take for none; number from 1";

  private Ids() {}

  static boolean isBad(String id) {
    return id.isBlank() || id.equals("0");
  }
}
