package dev.alicorn.engine.format;

import dev.alicorn.protocol.Embedding;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// A numpy array on its own: a matrix in a file, or a vector in memory.
public final class NpyFile {
  private NpyFile() {}

  /// The rows of an array of two dimensions.
  public static EmbeddingRows open(Path file) throws FormatException, IOException {
    NpyHeader header;
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      header = NpyHeader.read(in);
    }
    if (header.shape().size() != 2) {
      throw new FormatException(
          Fault.WRONG_DIMENSION,
          "its shape is %s; save [rows, dimension]".formatted(header.python()));
    }
    MatrixRows.Shape matrix =
        MatrixRows.Shape.of(header.shape().getFirst(), header.shape().getLast());
    return MatrixRows.open(
        file, header.bytes(), Files.size(file), matrix, header.type(), Fault.DAMAGED_NPY);
  }

  /// A vector and what its numbers are in the file.
  public record Vector(Embedding values, NumberType type) {}

  /// The array of one dimension that lies in these bytes.
  public static Vector vector(byte[] file) throws FormatException, IOException {
    NpyHeader header = NpyHeader.read(new DataInputStream(new ByteArrayInputStream(file)));
    if (header.shape().size() != 1
        || header.shape().getFirst() < 1
        || header.shape().getFirst() > EmbeddingRows.DIMENSION_MAX) {
      throw new FormatException(
          Fault.WRONG_DIMENSION, "its shape is %s; save [dimension]".formatted(header.python()));
    }
    int length = header.shape().getFirst().intValue();
    if (file.length - header.bytes() != (long) length * header.type().bytes()) {
      throw new FormatException(
          Fault.DAMAGED_NPY,
          "it has not the bytes of its %s numbers; save it again".formatted(length));
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position((int) header.bytes());
    float[] values = new float[length];
    for (int j = 0; j < length; j++) {
      values[j] = (float) header.type().get(bytes);
    }
    return new Vector(Embedding.wrap(values), header.type());
  }
}
