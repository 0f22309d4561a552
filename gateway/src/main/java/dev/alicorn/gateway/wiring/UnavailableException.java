package dev.alicorn.gateway.wiring;

/// An endpoint, a model or an encoder that a job needs and that is not there; one sentence with the
/// mend.
public final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  UnavailableException(String message) {
    super(message);
  }
}
