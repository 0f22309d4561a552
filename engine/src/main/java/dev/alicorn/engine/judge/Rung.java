package dev.alicorn.engine.judge;

/// How far down the JSON ladder an accepted sample was found.
public enum Rung {
  /// The first answer was as asked for.
  AS_ASKED("as_asked"),
  /// The first answer was mended here, which costs nothing.
  REPAIRED("repaired"),
  /// It took the one re-ask.
  REASKED("reasked");

  private final String key;

  Rung(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
