package dev.alicorn.engine.validate;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The bytes of a pickle, read forwards in little-endian pieces, each of bounded length.
final class PickleInput {
  private static final int PIECE_BYTES_MAX = 16 << 20;
  private static final int LINE_BYTES_MAX = 256;

  private final InputStream in;
  private long position;

  PickleInput(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  long position() {
    return position;
  }

  int uint8() throws IOException, PickleException {
    int value = in.read();
    if (value < 0) {
      throw damaged("the file ends in the middle, at byte " + position);
    }
    position++;
    return value;
  }

  int uint16() throws IOException, PickleException {
    return uint8() | uint8() << 8;
  }

  int int32() throws IOException, PickleException {
    return uint16() | uint16() << 16;
  }

  long int64() throws IOException, PickleException {
    return Integer.toUnsignedLong(int32()) | (long) int32() << 32;
  }

  byte[] bytes(long length) throws IOException, PickleException {
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

  String utf8(long length) throws IOException, PickleException {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  String line() throws IOException, PickleException {
    StringBuilder line = new StringBuilder();
    for (int character = uint8(); character != '\n'; character = uint8()) {
      if (line.length() == LINE_BYTES_MAX) {
        throw damaged("a name before byte " + position + " does not end");
      }
      line.append((char) character);
    }
    return line.toString();
  }

  static PickleException damaged(String what) {
    return new PickleException(
        Check.DAMAGED_PICKLE, what + "; write the file again from the embeddings");
  }
}
