package dev.alicorn.engine.journal;

import dev.alicorn.protocol.JournalEvent;

/// A fact in its journal.
///
/// @param seq its number, from 1, without gaps through all incarnations
public record JournalEntry(long seq, Position position, JournalEvent event) {}
