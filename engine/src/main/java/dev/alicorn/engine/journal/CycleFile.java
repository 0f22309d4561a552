package dev.alicorn.engine.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// The bytes of one cycle file for reading, as they lie or packed; not thread-safe.
interface CycleFile extends AutoCloseable {
  /// Reads what is at a place; fewer bytes than asked for only where the file ends.
  ///
  /// @return how many bytes were read, 0 behind the end
  int read(long at, byte[] target, int offset, int length) throws IOException;

  /// How long it is without the zeros at its end, which Chronicle has set aside.
  long usedBytes() throws IOException;

  @Override
  void close() throws IOException;

  static CycleFile open(Path file) throws IOException {
    return CycleFiles.isPacked(file) ? PackedCycleFile.open(file) : new Plain(file);
  }

  /// A file as Chronicle wrote it, through a handle that no interrupt closes.
  final class Plain implements CycleFile {
    private static final int LOOK_BYTES = 1 << 20;

    private final RandomAccessFile handle;

    Plain(Path file) throws IOException {
      this.handle = new RandomAccessFile(file.toFile(), "r");
    }

    @Override
    public int read(long at, byte[] target, int offset, int length) throws IOException {
      handle.seek(at);
      int filled = 0;
      while (filled < length) {
        int read = handle.read(target, offset + filled, length - filled);
        if (read < 0) {
          break;
        }
        filled += read;
      }
      return filled;
    }

    @Override
    public long usedBytes() throws IOException {
      byte[] look = new byte[LOOK_BYTES];
      long end = handle.length();
      while (end > 0) {
        long from = Math.max(0, end - look.length);
        for (int at = read(from, look, 0, Math.toIntExact(end - from)) - 1; at >= 0; at--) {
          if (look[at] != 0) {
            return from + at + 1;
          }
        }
        end = from;
      }
      return 0;
    }

    @Override
    public void close() throws IOException {
      handle.close();
    }
  }
}
