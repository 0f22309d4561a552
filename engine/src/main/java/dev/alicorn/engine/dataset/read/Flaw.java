package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.format.FormatException;

/// Something wrong where a row or a vector was read: one that is missing for it, or one that comes
/// behind it all the same.
///
/// @param id the row's, empty where it is not known
/// @param message what is wrong and how to mend it
public record Flaw(Place place, String id, Fault fault, String message)
    implements ReadRow, ReadVector {

  /// What ended the reading of a file, or is wrong with one of its rows.
  static Flaw of(String file, FormatException wrong) {
    return new Flaw(
        wrong.goesOn() ? new Place(file, wrong.row() + 1) : Place.whole(file),
        "",
        wrong.fault(),
        wrong.what());
  }
}
