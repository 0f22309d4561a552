package dev.alicorn.engine.validate;

/// Why a pickle was not read to its end.
final class PickleException extends Exception {
  private static final long serialVersionUID = 1;

  private final Check check;

  PickleException(Check check, String message) {
    super(message);
    this.check = check;
  }

  Check check() {
    return check;
  }

  /// A sentence on it.
  String sentence() {
    return String.valueOf(getMessage());
  }
}
