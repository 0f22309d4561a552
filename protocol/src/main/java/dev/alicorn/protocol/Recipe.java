package dev.alicorn.protocol;

import java.util.Map;

/// How a dataset is made from a journal's facts: everything that may differ between two replays of
/// one journal.
///
/// @param tasks how many samples of each task are wanted
/// @param randomSeed from which the draw follows
public record Recipe(
    Map<Task, Long> tasks, JobSpec.Transfer transfer, JobSpec.Dataset dataset, long randomSeed) {}
