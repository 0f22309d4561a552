package dev.alicorn.engine.filter;

import dev.alicorn.protocol.Filter;

/// What a filter found.
///
/// @param detail in a few words
/// @param complaint the sentence that tells the model what to do better
public record Fault(Filter filter, String detail, String complaint) {}
