package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.format.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A file format that datasets are read in. To add one, write a file beside this and its line in
/// [FormatReaders].
interface FormatReader {

  /// Its name, as in `dataset.formats`.
  String name();

  /// Which of a folder's files are this format's.
  ///
  /// @param files relative to the folder, with `/`, by name
  FormatFiles find(Path folder, List<String> files) throws IOException;

  /// Hands on the rows of one of the files that were found.
  ///
  /// @param name the file's in its folder
  /// @return how many rows the file has, flawed ones too
  /// @throws FormatException what ended the reading before the file's end
  long rows(Path file, String name, Consumer<ReadRow> sink) throws FormatException, IOException;

  /// Hands on the vectors of one of the files that were found, as [#rows] does.
  long vectors(Path file, String name, Consumer<ReadVector> sink)
      throws FormatException, IOException;
}
