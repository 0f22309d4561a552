package dev.alicorn.engine.format;

/// What is wrong with a file or with a row of it; the message is a clause that says what and the
/// mend, for its reader to put the file's name before it.
public final class FormatException extends Exception {
  private static final long serialVersionUID = 1;
  private static final long WHOLE_FILE = -1;

  private final Fault fault;
  private final long row;

  /// Something that ends the reading of the file.
  public FormatException(Fault fault, String what) {
    this(fault, WHOLE_FILE, what);
  }

  /// Something wrong with a row, behind which reading goes on.
  ///
  /// @param row counted from 0
  public FormatException(Fault fault, long row, String what) {
    super(what);
    this.fault = fault;
    this.row = row;
  }

  public Fault fault() {
    return fault;
  }

  /// Whether the rows behind can still be read.
  public boolean goesOn() {
    return row >= 0;
  }

  /// The row, counted from 0; negative where it is the file.
  public long row() {
    return row;
  }

  public String what() {
    return String.valueOf(getMessage());
  }
}
