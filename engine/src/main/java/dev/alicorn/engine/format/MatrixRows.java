package dev.alicorn.engine.format;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The rows of a matrix that lies in a file row by row.
final class MatrixRows implements EmbeddingRows {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final InputStream in;
  private final NumberType type;
  private final ByteBuffer bytes;
  private final double[] row;
  private long left;

  private MatrixRows(Path file, InputStream in, Shape shape, NumberType type) {
    this.file = file;
    this.in = in;
    this.type = type;
    this.bytes = ByteBuffer.allocate(shape.columns() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    this.row = new double[shape.columns()];
    this.left = shape.rows();
  }

  /// @param rows of the matrix
  record Shape(long rows, int columns) {

    /// @throws FormatException unless the rows have a length that embeddings have
    static Shape of(long rows, long columns) throws FormatException {
      if (rows < 0 || columns < 1 || columns > DIMENSION_MAX) {
        throw new FormatException(
            Fault.WRONG_DIMENSION,
            "the shape is [%s, %s]; write [rows, dimension], of 1 to %s dimensions"
                .formatted(rows, columns, DIMENSION_MAX));
      }
      return new Shape(rows, (int) columns);
    }

    private long bytes(NumberType type) {
      return Math.multiplyExact(rows, (long) columns * type.bytes());
    }
  }

  /// @param start where the first row begins
  /// @param end where the last row must have ended
  /// @param damaged what it is where they do not fit
  static MatrixRows open(
      Path file, long start, long end, Shape shape, NumberType type, Fault damaged)
      throws FormatException, IOException {
    if (shape.rows() > Long.MAX_VALUE >> 32 || end - start < shape.bytes(type)) {
      throw new FormatException(
          damaged,
          "it ends before its %s rows of %s numbers do; copy it again"
              .formatted(shape.rows(), shape.columns()));
    }
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(start);
      return new MatrixRows(file, new BufferedInputStream(in, BUFFER_BYTES), shape, type);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public double @Nullable [] next() throws IOException {
    if (left == 0) {
      return null;
    }
    left--;
    if (in.readNBytes(bytes.array(), 0, bytes.capacity()) < bytes.capacity()) {
      throw new EOFException(file + " became shorter while it was read");
    }
    bytes.clear();
    for (int j = 0; j < row.length; j++) {
      row[j] = type.get(bytes);
    }
    return row;
  }

  @Override
  public NumberType type() {
    return type;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
