package dev.alicorn.gpuworker.model;

import dev.alicorn.protocol.ContentHash;
import java.util.List;

/// A model file that Alicorn knows: what it must be, and where it may come from.
///
/// @param id what a deployment calls it
/// @param file its name in the models folder
/// @param licence SPDX identifier
/// @param sources tried in this order, after the models folder
public record Model(
    String id,
    String file,
    long bytes,
    ContentHash sha256,
    String licence,
    List<ModelSource> sources) {
  public Model {
    sources = List.copyOf(sources);
  }
}
