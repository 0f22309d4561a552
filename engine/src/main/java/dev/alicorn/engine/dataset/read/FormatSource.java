package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.format.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A dataset folder in one of its formats.
public final class FormatSource {
  private final Path folder;
  private final FormatReader reader;
  private final FormatFiles files;

  FormatSource(Path folder, FormatReader reader, FormatFiles files) {
    this.folder = folder;
    this.reader = reader;
    this.files = files;
  }

  /// As in `dataset.formats`.
  public String name() {
    return reader.name();
  }

  /// The files that hold a set's rows, relative to the folder, by name.
  public List<String> rowFiles(DatasetSet set) {
    return List.copyOf(files.rows(set));
  }

  /// The files that hold a set's vectors. Where both sets share them they are the pretrain set's.
  public List<String> vectorFiles(DatasetSet set) {
    return List.copyOf(files.vectors(set));
  }

  /// Hands on a set's rows, file by file; one row is in memory at a time.
  ///
  /// @return how many rows there are, flawed ones too
  public long rows(DatasetSet set, Consumer<ReadRow> sink) throws IOException {
    long rows = 0;
    for (String file : files.rows(set)) {
      try {
        rows += reader.rows(folder.resolve(file), file, sink);
      } catch (FormatException e) {
        sink.accept(Flaw.of(file, e));
      }
    }
    return rows;
  }

  /// Hands on a set's vectors as [#rows] does its rows.
  public long vectors(DatasetSet set, Consumer<ReadVector> sink) throws IOException {
    long vectors = 0;
    for (String file : files.vectors(set)) {
      try {
        vectors += reader.vectors(folder.resolve(file), file, sink);
      } catch (FormatException e) {
        sink.accept(Flaw.of(file, e));
      }
    }
    return vectors;
  }
}
