package dev.alicorn.gpuworker.tensorrt.graph;

/// A graph that is no text encoder, or not as its `encoder.conf` says; a clause with the mend.
public final class UnfitGraphException extends Exception {
  private static final long serialVersionUID = 1;

  UnfitGraphException(String message) {
    super(message);
  }
}
