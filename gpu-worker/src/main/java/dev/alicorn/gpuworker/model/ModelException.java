package dev.alicorn.gpuworker.model;

/// A model that cannot be had: one sentence that says what, where and the mend.
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1;

  ModelException(String message) {
    super(message);
  }

  ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
