package dev.alicorn.engine.step;

import dev.alicorn.engine.journal.Position;

/// A question that its facts have answered.
///
/// @param verdict what the judge makes of the facts
/// @param last where the fact lies that settled it
public record Settled<V>(V verdict, Position last) {}
