package dev.alicorn.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 in lower-case hexadecimal: 64 characters.
public record ContentHash(String hex) {
  public ContentHash {
    if (hex.length() != 64) {
      throw new IllegalArgumentException(
          "a SHA-256 has 64 hexadecimal digits, not " + hex.length());
    }
  }

  /// The hash of a text's UTF-8 bytes.
  public static ContentHash of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The hash of some bytes.
  public static ContentHash of(byte[] bytes) {
    return new ContentHash(HexFormat.of().formatHex(sha256().digest(bytes)));
  }

  /// A fresh digest, for content that does not fit in memory.
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /// The first 8 bytes as a number, for an index.
  public long prefix() {
    return Long.parseUnsignedLong(hex, 0, 16, 16);
  }

  @Override
  public String toString() {
    return hex;
  }
}
