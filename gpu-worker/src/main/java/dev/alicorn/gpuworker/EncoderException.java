package dev.alicorn.gpuworker;

/// An encoder that cannot be opened or has failed: one sentence that says what, where and the mend.
public final class EncoderException extends Exception {
  private static final long serialVersionUID = 1;

  public EncoderException(String message) {
    super(message);
  }

  public EncoderException(String message, Throwable cause) {
    super(message, cause);
  }
}
