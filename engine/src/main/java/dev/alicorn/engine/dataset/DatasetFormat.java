package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.Optional;

/// A file format that datasets are written in. To add one, write a file beside this and its line in
/// [DatasetFormats].
public interface DatasetFormat {

  /// Its name in `dataset.formats`, and the folder that its files lie in.
  String name();

  /// Whether it holds vectors and nothing that makes sense without them.
  boolean needsVectors();

  /// Starts the format's files.
  DatasetWriter open(DatasetFiles files, DatasetShape shape) throws IOException;

  /// The glob of the files that the hub's loader reads as this set; empty where it cannot.
  Optional<String> hubFiles(DatasetSet set);

  /// One sentence or two for the card: which files these are and who reads them.
  String usage();
}
