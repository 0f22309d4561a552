package dev.alicorn.engine.seed;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lines of a UTF-8 text, each read whole or refused: a line holds at most 1 MiB.
final class SeedLines implements Closeable {
  static final int LINE_BYTES_MAX = 1 << 20;

  private final InputStream input;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private byte[] line = new byte[256];
  private long number;

  SeedLines(InputStream input) {
    this.input = input;
  }

  /// One line.
  sealed interface Line {
    /// Its place, from 1.
    long number();

    /// A line's text, without its end.
    record Text(long number, String text) implements Line {}

    /// A line that is no text, and why.
    record Broken(long number, String reason) implements Line {}
  }

  /// The next line, or null at the end.
  @Nullable Line next() throws IOException {
    int length = 0;
    boolean tooLong = false;
    int b = read();
    if (b < 0) {
      return null;
    }
    number++;
    for (; b >= 0 && b != '\n'; b = read()) {
      if (length == LINE_BYTES_MAX) {
        tooLong = true;
        continue;
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, Math.min(LINE_BYTES_MAX, 2 * length));
      }
      line[length++] = (byte) b;
    }
    if (tooLong) {
      return new Line.Broken(number, "the line is longer than 1 MiB");
    }
    int start = number == 1 && startsWithByteOrderMark(length) ? 3 : 0;
    int end = length > start && line[length - 1] == '\r' ? length - 1 : length;
    try {
      return new Line.Text(
          number,
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(line, start, end - start))
              .toString());
    } catch (CharacterCodingException e) {
      return new Line.Broken(number, "the line is not UTF-8");
    }
  }

  /// The next byte, below 0 at the end.
  private int read() throws IOException {
    if (at == end) {
      at = 0;
      end = input.read(buffer);
    }
    if (end < 0) {
      at = end;
      return -1;
    }
    return buffer[at++] & 0xFF;
  }

  private boolean startsWithByteOrderMark(int length) {
    return length >= 3
        && line[0] == (byte) 0xEF
        && line[1] == (byte) 0xBB
        && line[2] == (byte) 0xBF;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
