package dev.alicorn.engine.report;

import java.util.Locale;

/// What a verdict comes to, the worse the later.
public enum Level {
  /// No rule is broken.
  GOOD,
  /// Something is worth a look before a training is paid for.
  LOOK,
  /// A training would be wasted.
  STOP;

  /// Its name in `report.json` and on the terminal.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
