package dev.alicorn.engine.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The bytes of a pickle, read forwards in little-endian pieces, each of bounded length.
public final class PickleInput {
  private static final int PIECE_BYTES_MAX = 16 << 20;
  private static final int LINE_BYTES_MAX = 256;

  private final InputStream in;
  private long position;

  public PickleInput(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  long position() {
    return position;
  }

  int uint8() throws IOException, FormatException {
    int value = in.read();
    if (value < 0) {
      throw damaged("the file ends in the middle, at byte " + position);
    }
    position++;
    return value;
  }

  int uint16() throws IOException, FormatException {
    return uint8() | uint8() << 8;
  }

  int int32() throws IOException, FormatException {
    return uint16() | uint16() << 16;
  }

  long int64() throws IOException, FormatException {
    return Integer.toUnsignedLong(int32()) | (long) int32() << 32;
  }

  byte[] bytes(long length) throws IOException, FormatException {
    if (length < 0 || length > PIECE_BYTES_MAX) {
      throw damaged(
          "a value of " + length + " bytes at byte " + position + " is longer than any may be");
    }
    byte[] bytes = in.readNBytes((int) length);
    position += bytes.length;
    if (bytes.length < length) {
      throw damaged("the file ends in the middle, at byte " + position);
    }
    return bytes;
  }

  String utf8(long length) throws IOException, FormatException {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  String line() throws IOException, FormatException {
    StringBuilder line = new StringBuilder();
    for (int character = uint8(); character != '\n'; character = uint8()) {
      if (line.length() == LINE_BYTES_MAX) {
        throw damaged("a name before byte " + position + " does not end");
      }
      line.append((char) character);
    }
    return line.toString();
  }

  static FormatException damaged(String what) {
    return new FormatException(
        Fault.DAMAGED_PICKLE, what + "; write the file again from the embeddings");
  }
}
