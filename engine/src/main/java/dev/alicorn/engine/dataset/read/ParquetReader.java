package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.format.EmbeddingRows;
import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.format.FormatException;
import dev.alicorn.engine.format.ParquetTable;
import dev.alicorn.engine.format.ParquetTexts;
import dev.alicorn.engine.format.ParquetVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Parquet with the columns `id`, `conversations` (lists of `{from, value}`) and, where they are
/// there, `caption`, `embedding`, `task`, `seed`, `source`, `domain` and `model`.
///
/// Rows and vectors are read from their own columns alone.
record ParquetReader() implements FormatReader {
  private static final String VECTOR = "embedding";

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public FormatFiles find(Path folder, List<String> files) throws IOException {
    FormatFiles found = new FormatFiles();
    for (String file : files) {
      if (file.endsWith(".parquet")) {
        try {
          ParquetTable table = ParquetTable.read(folder.resolve(file));
          DatasetSet set = SetName.of(file).orElse(DatasetSet.INSTRUCT);
          found.addRows(set, file);
          if (table.has(VECTOR)) {
            found.addVectors(set, file);
          }
        } catch (FormatException _) {
          // Whoever reads the rows is told why.
          found.addRows(SetName.of(file).orElse(DatasetSet.INSTRUCT), file);
        }
      }
    }
    return found;
  }

  @Override
  public long rows(Path file, String name, Consumer<ReadRow> sink)
      throws FormatException, IOException {
    try (ParquetRows rows = ParquetRows.open(ParquetTable.read(file), name)) {
      for (Optional<ReadRow> row = rows.next(); row.isPresent(); row = rows.next()) {
        sink.accept(row.get());
      }
      return rows.read();
    }
  }

  @Override
  public long vectors(Path file, String name, Consumer<ReadVector> sink)
      throws FormatException, IOException {
    ParquetTable table = ParquetTable.read(file);
    ParquetTexts ids = ParquetTexts.open(table, "id").orElseThrow(() -> ParquetRows.missing("id"));
    try (ids;
        EmbeddingRows matrix = ParquetVectors.open(table, Optional.of(VECTOR))) {
      long rows = 0;
      for (var id = ids.next(); id.isPresent(); id = ids.next()) {
        rows++;
        vector(matrix, new Place(name, rows), id.get().getFirst(), sink);
      }
      return rows;
    }
  }

  private static void vector(
      EmbeddingRows matrix, Place place, Optional<String> id, Consumer<ReadVector> sink)
      throws FormatException, IOException {
    double @Nullable [] row;
    try {
      row = matrix.next();
    } catch (FormatException e) {
      if (!e.goesOn()) {
        throw e;
      }
      sink.accept(new Flaw(place, id.orElse(""), e.fault(), e.what()));
      return;
    }
    if (row == null) {
      throw new FormatException(
          Fault.DAMAGED_PARQUET, "its columns differ in length; write it again");
    }
    // An id that is null is a flaw of the rows.
    if (id.isPresent()) {
      sink.accept(new Vector(place, id.get(), MatrixReader.floats(row), matrix.type()));
    }
  }
}
