package dev.alicorn.engine.parquet;

import java.io.IOException;

/// A Parquet file that cannot be read; the message says what of it, and how to mend it, but not
/// which file it is.
public final class ParquetException extends IOException {
  private static final long serialVersionUID = 1;

  ParquetException(String message) {
    super(message);
  }

  /// A file that is damaged, or is none of Parquet's.
  public static ParquetException broken() {
    return new ParquetException("it is no whole Parquet file; write it again");
  }
}
