package dev.alicorn.engine.dataset;

/// A dataset that cannot be made as asked; the message is one sentence that says what, where and
/// the mend.
public final class DatasetException extends Exception {
  private static final long serialVersionUID = 1;

  public DatasetException(String message) {
    super(message);
  }
}
