package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The files that formats write in a dataset folder: each is counted once it is closed.
/// Thread-safe.
public final class DatasetFiles {
  private final Path root;
  private final List<DatasetFile> open = new ArrayList<>();
  private final List<ManifestFile> written = new ArrayList<>();

  DatasetFiles(Path root) {
    this.root = root;
  }

  /// Starts a file, and the folders that it lies in.
  ///
  /// @param path relative to the dataset folder, with `/`
  public DatasetFile create(String path) throws IOException {
    Path file = root.resolve(path);
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    DatasetFile started = new DatasetFile(this, path, file);
    synchronized (this) {
      open.add(started);
    }
    return started;
  }

  /// The closed files, by path.
  synchronized List<ManifestFile> written() {
    if (!open.isEmpty()) {
      throw new IllegalStateException(open.size() + " files are still open");
    }
    return written.stream().sorted(Comparator.comparing(ManifestFile::path)).toList();
  }

  synchronized void closed(DatasetFile file, ManifestFile description) {
    open.remove(file);
    written.add(description);
  }

  /// Closes what is open without completing it.
  synchronized void abandon() throws IOException {
    for (DatasetFile file : open) {
      file.abandon();
    }
    open.clear();
  }
}
