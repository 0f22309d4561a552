package dev.alicorn.engine.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads the bytes of a file that are used: of a cycle file, which is sparse, those up to the end
/// of its documents; of another all.
final class UsedBytes {
  private static final int MORE_BYTES = 256 << 10;
  private static final int WORD = 4;

  private byte[] buffer = new byte[MORE_BYTES];

  void read(Path path, SimulatedFile file) throws IOException {
    boolean cycleFile = path.toString().endsWith(".cq4");
    try (RandomAccessFile handle = new RandomAccessFile(path.toFile(), "r")) {
      long length = handle.length();
      int read = 0;
      int used = 0;
      while (true) {
        if (buffer.length < read + MORE_BYTES) {
          buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int more = handle.read(buffer, read, MORE_BYTES);
        read += Math.max(more, 0);
        used = cycleFile ? documentsEnd(used, read) : read;
        if (more < 0 || (cycleFile && used + WORD <= read)) {
          file.observe(buffer, Math.min(used, read), length);
          return;
        }
      }
    }
  }

  /// Where the documents end, as far as they were read.
  private int documentsEnd(int from, int read) {
    int at = from;
    while (at + WORD <= read) {
      int word = Envelope.getInt(buffer, at);
      if (word == 0) {
        return at;
      }
      if (word < 0) {
        // The end of the file, or a record that was begun.
        return at + WORD;
      }
      at = (at + WORD + (word & 0x3FFF_FFFF) + WORD - 1) & -WORD;
    }
    return at;
  }
}
