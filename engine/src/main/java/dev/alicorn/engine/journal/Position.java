package dev.alicorn.engine.journal;

/// Where a fact lies, for reading it again without reading all before it.
///
/// @param index the cycle file and the byte offset within it, as [CycleFiles] packs them
public record Position(int incarnation, long index) {}
