package dev.alicorn.gpuworker.model;

import dev.alicorn.protocol.ContentHash;
import java.util.List;

/// A file of a model that Alicorn knows: what it must be, and where it may come from.
///
/// @param model id of the model that it is of
/// @param path its name in the models folder; a model of several files has a folder there
/// @param sources tried in this order, after the models folder
public record ModelFile(
    String model, String path, long bytes, ContentHash sha256, List<ModelSource> sources) {
  public ModelFile {
    sources = List.copyOf(sources);
  }
}
