package dev.alicorn.gpuworker.model;

/// A source that does not give the model; the next one may.
final class SourceException extends Exception {
  private static final long serialVersionUID = 1;

  SourceException(String message) {
    super(message);
  }
}
