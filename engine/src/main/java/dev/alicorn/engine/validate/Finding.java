package dev.alicorn.engine.validate;

/// Something wrong at one place of a dataset.
///
/// @param file relative to the dataset folder, with `/`
/// @param row the record's place in the file, from 1; 0 for the file as a whole
/// @param id the record's id, empty where it has none
/// @param message what is wrong and how to mend it
public record Finding(Check check, String file, long row, String id, String message) {

  /// One line: `file:row: id 12: message [check]`.
  @Override
  public String toString() {
    return file
        + (row > 0 ? ":" + row : "")
        + ": "
        + (id.isEmpty() ? "" : "id " + id + ": ")
        + message
        + " ["
        + check.key()
        + "]";
  }
}
