package dev.alicorn.engine.seed;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// A file's bytes without the compression that they have, gzip or Zstandard of one or more frames,
/// as the first bytes say.
final class Unpacked {
  /// How many of the first bytes may be looked at before they are read.
  static final int HEAD_BYTES_MAX = 1 << 16;

  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int ZSTD_MAGIC = 0x28B52FFD;

  private Unpacked() {}

  static BufferedInputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      raw.mark(Integer.BYTES);
      int magic = magic(raw);
      raw.reset();
      InputStream plain = raw;
      if (magic >>> 16 == GZIP_MAGIC) {
        plain = new GZIPInputStream(raw, 1 << 16);
      } else if (magic == ZSTD_MAGIC) {
        plain = new ZstdInputStream(raw);
      }
      return new BufferedInputStream(plain, HEAD_BYTES_MAX);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /// Whether a file is compressed as a whole.
  static boolean isPacked(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file)) {
      int magic = magic(raw);
      return magic >>> 16 == GZIP_MAGIC || magic == ZSTD_MAGIC;
    }
  }

  private static int magic(InputStream raw) throws IOException {
    byte[] start = raw.readNBytes(Integer.BYTES);
    return start.length < Integer.BYTES ? 0 : ByteBuffer.wrap(start).getInt();
  }

  /// The first characters of what is going to be read, which are read again then.
  static String head(BufferedInputStream in) throws IOException {
    in.mark(HEAD_BYTES_MAX);
    String head = new String(in.readNBytes(HEAD_BYTES_MAX), StandardCharsets.UTF_8);
    in.reset();
    return head.startsWith("\uFEFF") ? head.substring(1) : head;
  }

  /// A file's name in lower case, without the ending of a compression.
  static String name(Path file) {
    return String.valueOf(file.getFileName())
        .toLowerCase(Locale.ROOT)
        .replaceFirst("\\.(gz|zst|zstd)$", "");
  }
}
