package dev.alicorn.engine.judge;

/// What was wrong with a first answer, for which another is asked for.
///
/// @param reason what it is rejected for if no other comes
/// @param sentence what tells the model what to do better
public record Complaint(Rejection reason, String detail, String sentence) {}
