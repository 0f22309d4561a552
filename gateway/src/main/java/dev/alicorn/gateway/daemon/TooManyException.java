package dev.alicorn.gateway.daemon;

/// That too much of something is under way to begin more; the message says what.
public final class TooManyException extends Exception {
  private static final long serialVersionUID = 1;

  TooManyException(String message) {
    super(message);
  }
}
