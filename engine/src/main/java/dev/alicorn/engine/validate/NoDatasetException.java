package dev.alicorn.engine.validate;

/// A folder that holds no dataset; the message is one sentence that says where and the mend.
public final class NoDatasetException extends Exception {
  private static final long serialVersionUID = 1;

  NoDatasetException(String message) {
    super(message);
  }
}
