package dev.alicorn.engine.seed;

/// A seed source that cannot be read at all; the message says which, why and how to mend it.
public final class SeedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SeedException(String message) {
    super(message);
  }

  public SeedException(String message, Throwable cause) {
    super(message, cause);
  }
}
