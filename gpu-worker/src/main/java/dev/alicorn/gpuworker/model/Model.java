package dev.alicorn.gpuworker.model;

import java.util.List;

/// A model that Alicorn knows by name.
///
/// @param id what a deployment calls it
/// @param licence SPDX identifier
/// @param path its file or, where it has several, its folder, in the models folder
public record Model(String id, Use use, String licence, String path, List<ModelFile> files) {
  public Model {
    files = List.copyOf(files);
  }

  /// What a model is for.
  public enum Use {
    /// A language model for `kind = llama` endpoints.
    LANGUAGE("language model"),
    /// A text encoder: a folder as [dev.alicorn.gpuworker.folder.EncoderFolder] reads it.
    ENCODER("text encoder");

    private final String noun;

    Use(String noun) {
      this.noun = noun;
    }

    public String noun() {
      return noun;
    }
  }

  /// Size of all its files.
  public long bytes() {
    return files.stream().mapToLong(ModelFile::bytes).sum();
  }
}
