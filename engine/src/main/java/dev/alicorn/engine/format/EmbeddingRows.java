package dev.alicorn.engine.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The embeddings of a file, row by row: npy, safetensors or Parquet, as its first bytes say.
public interface EmbeddingRows extends Closeable {
  /// The most numbers that a row has.
  int DIMENSION_MAX = 1 << 16;

  /// The next row, which is overwritten by the one behind it; null behind the last.
  double @Nullable [] next() throws FormatException, IOException;

  /// What the file has its numbers in.
  NumberType type();

  /// Opens a file.
  ///
  /// @param tensor which one of a safetensors file
  /// @param column which one of a Parquet file
  static EmbeddingRows open(Path file, Optional<String> tensor, Optional<String> column)
      throws FormatException, IOException {
    byte[] start;
    try (var in = Files.newInputStream(file)) {
      start = in.readNBytes(NpyHeader.MAGIC.length);
    }
    if (Arrays.equals(start, NpyHeader.MAGIC)) {
      return NpyFile.open(file);
    }
    if (new String(start, StandardCharsets.ISO_8859_1).startsWith("PAR1")) {
      return ParquetVectors.open(file, column);
    }
    return SafetensorsFile.open(file, tensor);
  }
}
