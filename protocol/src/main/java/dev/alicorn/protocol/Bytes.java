package dev.alicorn.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// An immutable run of bytes, equal by content.
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /// Takes the array over: the caller must not write to it again.
  public static Bytes wrap(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content);
  }

  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return content.length;
  }

  /// A read-only view.
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  public byte[] toArray() {
    return content.clone();
  }

  /// The bytes read as UTF-8, malformed input replaced.
  public String utf8() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /// The bytes read as UTF-8; empty where they are not.
  public Optional<String> strictUtf8() {
    String text = utf8();
    // The replacement stands for malformed input, or for itself.
    return text.indexOf(REPLACEMENT) < 0 || isUtf8() ? Optional.of(text) : Optional.empty();
  }

  private boolean isUtf8() {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "Bytes[" + content.length + "]";
  }
}
