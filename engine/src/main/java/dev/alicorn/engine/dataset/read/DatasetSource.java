package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.dataset.DatasetSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A dataset folder that is read, ours or a stranger's: the formats that are found in it.
///
/// Needs no manifest and no names of ours: a JSON array of conversations and pickles beside it,
/// wherever they lie, are the trainer's format.
public final class DatasetSource {
  private final Path folder;
  private final List<String> files;
  private final List<FormatSource> formats;

  private DatasetSource(Path folder, List<String> files, List<FormatSource> formats) {
    this.folder = folder;
    this.files = files;
    this.formats = formats;
  }

  /// Looks a folder through; what is in its files is read later.
  ///
  /// @throws NotDirectoryException where the folder is none
  public static DatasetSource open(Path datasetFolder) throws IOException {
    Path folder = datasetFolder.toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(datasetFolder.toString());
    }
    List<String> files = filesIn(folder);
    List<FormatSource> formats = new ArrayList<>();
    for (FormatReader reader : FormatReaders.ALL) {
      FormatFiles found = reader.find(folder, files);
      if (!found.isEmpty()) {
        formats.add(new FormatSource(folder, reader, found));
      }
    }
    return new DatasetSource(folder, files, List.copyOf(formats));
  }

  /// The files that are not hidden, by path.
  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(file -> !file.startsWith(".") && !file.contains("/."))
          .sorted()
          .toList();
    }
  }

  public Path folder() {
    return folder;
  }

  /// All files that are not hidden, relative to the folder, with `/`, by name.
  public List<String> files() {
    return files;
  }

  public List<FormatSource> formats() {
    return formats;
  }

  public Optional<FormatSource> format(String name) {
    return formats.stream().filter(format -> format.name().equals(name)).findFirst();
  }

  /// The first format that has a set's conversations.
  public Optional<FormatSource> withRows(DatasetSet set) {
    return formats.stream().filter(format -> !format.rowFiles(set).isEmpty()).findFirst();
  }

  /// The first format that has the captions' vectors.
  public Optional<FormatSource> withVectors() {
    return formats.stream()
        .filter(format -> !format.vectorFiles(DatasetSet.PRETRAIN).isEmpty())
        .findFirst();
  }
}
