package dev.alicorn.engine.validate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.parquet.format.Util;

/// The end of a Parquet file, where it says what it holds.
final class ParquetFooter {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int FOOTER_BYTES_MAX = 64 << 20;

  private ParquetFooter() {}

  /// How many rows the file has; empty where its beginning or end is not Parquet's.
  static OptionalLong rows(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long length = file.length();
      if (length < 3L * MAGIC.length || !Arrays.equals(read(file, 0, MAGIC.length), MAGIC)) {
        return OptionalLong.empty();
      }
      long tail = length - 4 - MAGIC.length;
      if (!Arrays.equals(read(file, tail + 4, MAGIC.length), MAGIC)) {
        return OptionalLong.empty();
      }
      file.seek(tail);
      int footerLength = Integer.reverseBytes(file.readInt());
      if (footerLength < 0 || footerLength > Math.min(tail - MAGIC.length, FOOTER_BYTES_MAX)) {
        return OptionalLong.empty();
      }
      byte[] footer = read(file, tail - footerLength, footerLength);
      return rows(footer);
    }
  }

  private static OptionalLong rows(byte[] footer) {
    try {
      return OptionalLong.of(Util.readFileMetaData(new ByteArrayInputStream(footer)).getNum_rows());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  private static byte[] read(RandomAccessFile file, long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(offset);
    file.readFully(bytes);
    return bytes;
  }
}
