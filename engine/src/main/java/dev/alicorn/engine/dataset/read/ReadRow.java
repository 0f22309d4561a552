package dev.alicorn.engine.dataset.read;

/// What stands where a row should: the row, or what is wrong with it.
public sealed interface ReadRow permits Row, Flaw {
  Place place();
}
