package dev.alicorn.engine.anchor;

import dev.alicorn.engine.format.FormatException;
import java.nio.file.Path;

/// A file that no anchor can be made of; the message is one sentence that says what, where and the
/// mend.
public final class AnchorException extends Exception {
  private static final long serialVersionUID = 1;

  AnchorException(Path file, String what) {
    super(file + ": " + what);
  }

  AnchorException(Path file, FormatException wrong) {
    super(file + (wrong.goesOn() ? ", row " + wrong.row() + " (from 0): " : ": ") + wrong.what());
  }

  /// @param row counted from 0
  AnchorException(Path file, long row, String what) {
    super(file + ", row " + row + " (from 0): " + what);
  }
}
