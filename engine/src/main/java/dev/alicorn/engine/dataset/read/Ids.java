package dev.alicorn.engine.dataset.read;

/// What ids may be.
public final class Ids {
  public static final String MEND =
      "an id is a text that is neither empty nor \"0\", which trainers take for none; number from 1";

  private Ids() {}

  public static boolean isBad(String id) {
    return id.isBlank() || id.equals("0");
  }
}
