package dev.alicorn.engine.scripted;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing run of ASCII bytes.
final class AsciiBuffer {
  private byte[] bytes;
  private int length;

  AsciiBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  void put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  void put(byte[] ascii) {
    reserve(ascii.length);
    System.arraycopy(ascii, 0, bytes, length, ascii.length);
    length += ascii.length;
  }

  void put(String ascii) {
    put(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  void put(long number) {
    put(Long.toString(number));
  }

  /// Appends the content of another buffer as it stands within a JSON string.
  void putEscaped(AsciiBuffer other) {
    reserve(2 * other.length);
    for (int i = 0; i < other.length; i++) {
      byte next = other.bytes[i];
      boolean lineEnd = next == '\n';
      if (lineEnd || next == '"' || next == '\\') {
        bytes[length++] = '\\';
      }
      bytes[length++] = lineEnd ? (byte) 'n' : next;
    }
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
