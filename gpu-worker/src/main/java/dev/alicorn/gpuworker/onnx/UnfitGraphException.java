package dev.alicorn.gpuworker.onnx;

/// A graph that is no text encoder as its `encoder.conf` describes it; the message says what is
/// wrong and how to mend it.
final class UnfitGraphException extends Exception {
  private static final long serialVersionUID = 1;

  UnfitGraphException(String message) {
    super(message);
  }
}
