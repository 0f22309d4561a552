package dev.alicorn.engine.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/// The end of a Parquet file, where it says what it holds.
public final class ParquetFooter {
  /// What a Parquet file begins and ends with.
  public static final String MAGIC = "PAR1";

  private static final byte[] MAGIC_BYTES = MAGIC.getBytes(StandardCharsets.US_ASCII);
  private static final int FOOTER_BYTES_MAX = 64 << 20;

  private ParquetFooter() {}

  /// Schema, row groups and where their columns lie.
  ///
  /// @throws ParquetException where it is no whole Parquet file
  public static ParquetMetadata read(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long end = file.length() - Integer.BYTES - MAGIC_BYTES.length;
      byte[] magic = new byte[MAGIC_BYTES.length];
      int length = -1;
      if (end > MAGIC_BYTES.length) {
        file.seek(end);
        length = Integer.reverseBytes(file.readInt());
        file.readFully(magic);
      }
      if (!Arrays.equals(magic, MAGIC_BYTES)
          || length < 0
          || length > Math.min(end, FOOTER_BYTES_MAX)) {
        throw ParquetException.broken();
      }
      byte[] footer = new byte[length];
      file.seek(end - length);
      file.readFully(footer);
      return new ParquetMetadataConverter()
          .readParquetMetadata(
              new ByteArrayInputStream(footer), ParquetMetadataConverter.NO_FILTER);
    } catch (RuntimeException e) {
      throw ParquetException.broken();
    }
  }
}
