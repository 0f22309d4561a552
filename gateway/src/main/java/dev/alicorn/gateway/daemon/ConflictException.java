package dev.alicorn.gateway.daemon;

/// Something that a job cannot be told in the state that it is in; the message says why.
public final class ConflictException extends Exception {
  private static final long serialVersionUID = 1;

  ConflictException(String message) {
    super(message);
  }
}
