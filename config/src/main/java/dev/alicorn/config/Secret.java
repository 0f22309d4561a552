package dev.alicorn.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A key or token that prints as `***` and is compared in constant time.
///
/// Only [#reveal] gives it out; it is not serialisable, and its hash code says nothing of it.
public final class Secret {
  private final String value;

  /// @param value 1 to 8192 visible ASCII characters, which is what an HTTP header can carry
  public Secret(String value) {
    if (value.isEmpty() || value.length() > 8192) {
      throw new IllegalArgumentException(
          "a secret has 1 to 8192 characters, this one has " + value.length());
    }
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "a secret has visible ASCII characters only, without spaces and line ends");
    }
    this.value = value;
  }

  /// The secret itself, for the one place that sends it.
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }
}
