package dev.alicorn.engine.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// How the pages of a Parquet file are compressed. Parquet's own codecs are Hadoop's, which is not
/// there at run time.
enum PageCodec {
  UNCOMPRESSED,
  SNAPPY,
  GZIP,
  ZSTD;

  /// Empty where it is one that is not read.
  static Optional<PageCodec> of(CompressionCodecName name) {
    return switch (name) {
      case UNCOMPRESSED -> Optional.of(UNCOMPRESSED);
      case SNAPPY -> Optional.of(SNAPPY);
      case GZIP -> Optional.of(GZIP);
      case ZSTD -> Optional.of(ZSTD);
      case LZO, BROTLI, LZ4, LZ4_RAW -> Optional.empty();
    };
  }

  /// The bytes that were compressed.
  ///
  /// @param length how many they are
  /// @throws IOException when they are not
  byte[] plain(byte[] page, int length) throws IOException {
    byte[] plain =
        switch (this) {
          case UNCOMPRESSED -> page;
          case SNAPPY -> snappy(page, length);
          case GZIP -> new GZIPInputStream(new ByteArrayInputStream(page)).readNBytes(length);
          case ZSTD -> Zstd.decompress(page, length);
        };
    if (plain.length != length) {
      throw new IOException("a page has another length than its header says");
    }
    return plain;
  }

  private static byte[] snappy(byte[] page, int length) throws IOException {
    return Snappy.uncompressedLength(page) == length ? Snappy.uncompress(page) : new byte[0];
  }
}
