package dev.alicorn.engine.dataset.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that notes where its first byte beyond ASCII lies.
final class AsciiWatch extends FilterInputStream {
  private long position;
  private long firstBeyond = Long.MAX_VALUE;

  AsciiWatch(InputStream in) {
    super(in);
  }

  /// Offset of the first byte beyond ASCII among those read; `Long.MAX_VALUE` where there is none.
  long firstBeyond() {
    return firstBeyond;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    for (int i = 0; i < read && firstBeyond == Long.MAX_VALUE; i++) {
      if (target[offset + i] < 0) {
        firstBeyond = position + i;
      }
    }
    position += Math.max(read, 0);
    return read;
  }
}
