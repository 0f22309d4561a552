package dev.alicorn.engine.replay;

import dev.alicorn.engine.dataset.Findings;
import dev.alicorn.engine.dataset.Ladder;
import dev.alicorn.engine.dataset.Truncation;
import dev.alicorn.protocol.ContentHash;
import java.nio.file.Path;
import java.util.Map;

/// A finished dataset.
///
/// @param manifest hash of its `manifest.json`
/// @param captions how many captions had which outcome, by name, such as `exported` and
///   `rejected(too_long)`
/// @param samples the same of instruct samples
/// @param ladder where the instruct samples were found
/// @param findings the faults that are reported of rows and let pass
/// @param truncation captions that are longer than the encoder reads
public record ReplayResult(
    Path folder,
    ContentHash manifest,
    Map<String, Long> captions,
    Map<String, Long> samples,
    Ladder ladder,
    Findings findings,
    Truncation truncation) {}
