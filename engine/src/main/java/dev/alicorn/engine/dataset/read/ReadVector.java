package dev.alicorn.engine.dataset.read;

/// What stands where a vector should: the vector, or what is wrong with it.
public sealed interface ReadVector permits Vector, Flaw {
  Place place();
}
