package dev.alicorn.engine.journal;

/// A fact of a journal, by which a later reading can begin behind it instead of at the start.
///
/// @param crc of the fact's envelope, which covers all facts before it by the chain
public record Bookmark(Position position, long seq, int crc) {}
