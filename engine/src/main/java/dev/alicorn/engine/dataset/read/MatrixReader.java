package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.format.EmbeddingRows;
import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.format.FormatException;
import dev.alicorn.engine.format.NpyFile;
import dev.alicorn.engine.format.SafetensorsFile;
import dev.alicorn.protocol.Embedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Captions' vectors as a matrix a file, and beside each a file of JSON lines whose line i is
/// `{"id", "caption"}` of row i: `ids-X.jsonl` for `embeddings-X`, else `ids.jsonl`.
record MatrixReader(String name, Opening opening) implements FormatReader {

  /// Opens the matrix of a file.
  interface Opening {
    EmbeddingRows open(Path file) throws FormatException, IOException;
  }

  static MatrixReader safetensors() {
    return new MatrixReader("safetensors", SafetensorsFile::embeddings);
  }

  static MatrixReader npy() {
    return new MatrixReader("npy", NpyFile::open);
  }

  @Override
  public FormatFiles find(Path folder, List<String> files) {
    FormatFiles found = new FormatFiles();
    for (String file : files) {
      if (file.endsWith("." + name)
          && (file.startsWith(name + "/")
              || baseName(file).startsWith("embeddings")
              || ids(folder, file).isPresent())) {
        found.addRows(DatasetSet.PRETRAIN, file);
        found.addVectors(DatasetSet.PRETRAIN, file);
      }
    }
    return found;
  }

  private static String baseName(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /// The file of the ids of a matrix.
  private static Optional<String> ids(Path folder, String file) {
    return Stream.of(ownIds(file), file.substring(0, file.lastIndexOf('/') + 1) + "ids.jsonl")
        .filter(ids -> Files.exists(folder.resolve(ids)))
        .findFirst();
  }

  private static String ownIds(String file) {
    String base = baseName(file).replaceFirst("^embeddings", "ids").replaceFirst("\\.\\w+$", "");
    return file.substring(0, file.lastIndexOf('/') + 1) + base + ".jsonl";
  }

  @Override
  public long rows(Path file, String name, Consumer<ReadRow> sink)
      throws FormatException, IOException {
    try (Lines lines = names(file, name)) {
      for (Optional<ReadRow> row = lines.next(); row.isPresent(); row = lines.next()) {
        sink.accept(row.get());
      }
      return lines.read();
    }
  }

  private static Lines names(Path file, String name) throws FormatException, IOException {
    Path folder = file;
    for (int parts = Path.of(name).getNameCount(); parts > 0; parts--) {
      folder = folder.resolveSibling("");
    }
    String ids =
        ids(folder, name)
            .orElseThrow(() ->
                new FormatException(
                    Fault.IDS_MISSING,
                    "no file beside it says whose vectors these are; write "
                        + ownIds(name)
                        + ", a line {\"id\", \"caption\"} a row"));
    return new Lines(folder.resolve(ids), ids, JsonRow::named);
  }

  @Override
  public long vectors(Path file, String name, Consumer<ReadVector> sink)
      throws FormatException, IOException {
    try (EmbeddingRows matrix = opening.open(file);
        Lines lines = names(file, name)) {
      long rows = 0;
      double @Nullable [] row;
      while ((row = matrix.next()) != null) {
        Place place = new Place(name, ++rows);
        Optional<ReadRow> line = lines.next();
        // A flawed line is a flaw of the rows.
        if (line.isPresent() && line.get() instanceof Row named) {
          sink.accept(new Vector(place, named.id(), floats(row), matrix.type()));
        }
      }
      while (lines.next().isPresent()) {
        // Counts the rest.
      }
      if (lines.read() != rows) {
        throw new FormatException(
            Fault.IDS_COUNT,
            "it has %s rows and the ids beside it %s lines; write both again"
                .formatted(rows, lines.read()));
      }
      return rows;
    }
  }

  static Embedding floats(double[] row) {
    float[] values = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      values[j] = (float) row[j];
    }
    return Embedding.wrap(values);
  }
}
