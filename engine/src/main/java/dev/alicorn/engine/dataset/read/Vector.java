package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.format.NumberType;
import dev.alicorn.protocol.Embedding;

/// The vector of the caption with this id.
///
/// @param type what its numbers are in the file; they were rounded to float32
public record Vector(Place place, String id, Embedding values, NumberType type)
    implements ReadVector {}
