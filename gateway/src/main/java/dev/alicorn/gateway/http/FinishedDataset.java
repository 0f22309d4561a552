package dev.alicorn.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A dataset whose manifest is there, and with it all of its files.
///
/// @param files the manifest first, then those that it names
record FinishedDataset(Path folder, List<Entry> files) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "manifest.json";

  /// A file.
  ///
  /// @param path below the dataset's folder
  record Entry(String path, long bytes, ContentHash sha256) {}

  /// The finished ones of a job's folder of datasets, in the order of their names.
  static List<FinishedDataset> in(Path datasets) throws IOException {
    List<FinishedDataset> found = new ArrayList<>();
    for (Path folder : folders(datasets)) {
      found.add(read(folder));
    }
    return found;
  }

  /// The finished one of a name, which is no path.
  static Optional<FinishedDataset> find(Path datasets, String name) throws IOException {
    for (Path folder : folders(datasets)) {
      if (folder.getFileName().toString().equals(name)) {
        return Optional.of(read(folder));
      }
    }
    return Optional.empty();
  }

  private static List<Path> folders(Path datasets) throws IOException {
    if (!Files.isDirectory(datasets)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(datasets)) {
      return all.filter(FinishedDataset::isFinished).sorted().toList();
    }
  }

  private static boolean isFinished(Path folder) {
    return !folder.getFileName().toString().startsWith(".")
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.exists(folder.resolve(MANIFEST));
  }

  private static FinishedDataset read(Path folder) throws IOException {
    byte[] manifest = Files.readAllBytes(folder.resolve(MANIFEST));
    List<Entry> files = new ArrayList<>();
    files.add(new Entry(MANIFEST, manifest.length, ContentHash.of(manifest)));
    for (JsonNode file : JSON.readTree(manifest).path("files")) {
      String path = file.path("path").asText();
      files.add(
          new Entry(
              path,
              Files.size(folder.resolve(path)),
              new ContentHash(file.path("sha256").asText())));
    }
    return new FinishedDataset(folder, files);
  }

  String name() {
    return folder.getFileName().toString();
  }

  Optional<Entry> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /// Writes all files as a POSIX tar, in a folder of the dataset's name.
  ///
  /// @return how many there are
  int writeTar(OutputStream out) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Entry file : files) {
        TarArchiveEntry entry = new TarArchiveEntry(name() + "/" + file.path());
        entry.setSize(file.bytes());
        entry.setModTime(Files.getLastModifiedTime(folder.resolve(file.path())));
        tar.putArchiveEntry(entry);
        Files.copy(folder.resolve(file.path()), tar);
        tar.closeArchiveEntry();
      }
    }
    return files.size();
  }
}
