package dev.alicorn.bench.load;

import dev.alicorn.engine.replay.JournalCopy.Packing;
import dev.alicorn.engine.replay.Surroundings;
import dev.alicorn.protocol.ContentHash;

/// What one of many replays of a journal came to.
///
/// @param offline whether it had no network
/// @param dataset over all files
/// @param asJob whether the files for trainers are those that the job itself wrote
record ReplayOnce(
    Packing packing,
    Surroundings surroundings,
    boolean offline,
    ContentHash dataset,
    boolean asJob) {}
