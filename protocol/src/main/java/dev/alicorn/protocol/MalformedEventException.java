package dev.alicorn.protocol;

/// The answer to bytes that are no event of the type that they were said to be.
public final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedEventException(EventType type, String reason) {
    super("no " + type.key() + " event: " + reason);
  }
}
