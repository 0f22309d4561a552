package dev.alicorn.gpuworker.folder;

/// A graph that is no text encoder, or not as its `encoder.conf` says; a clause with the mend.
public final class UnfitGraphException extends Exception {
  private static final long serialVersionUID = 1;

  public UnfitGraphException(String message) {
    super(message);
  }
}
