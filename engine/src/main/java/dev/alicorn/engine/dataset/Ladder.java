package dev.alicorn.engine.dataset;

/// How far down the JSON ladder the samples of a dataset were found.
///
/// @param asAsked samples whose first reply was as asked for
/// @param repaired samples whose first reply was mended, which costs nothing
/// @param reasked samples that took the one re-ask
/// @param quarantined samples that are not in the dataset, since no reply could be used
public record Ladder(long asAsked, long repaired, long reasked, long quarantined) {}
