package dev.alicorn.engine.validate;

/// What a validation read of one format.
///
/// @param name as in `dataset.formats`
/// @param pretrain rows of that set, 0 where the format has none
/// @param instruct rows of that set, 0 where the format has none
/// @param vectors of captions; those that instruct rows repeat are not counted
public record FormatSeen(String name, long pretrain, long instruct, long vectors) {}
