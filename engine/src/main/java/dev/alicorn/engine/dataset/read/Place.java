package dev.alicorn.engine.dataset.read;

/// A row's place in a dataset.
///
/// @param file relative to the dataset folder, with `/`
/// @param row counted from 1; 0 for the file as a whole
public record Place(String file, long row) {
  static Place whole(String file) {
    return new Place(file, 0);
  }
}
