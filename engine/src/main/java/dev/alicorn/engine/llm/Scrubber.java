package dev.alicorn.engine.llm;

import dev.alicorn.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Takes an endpoint's key out of what the endpoint sends back.
///
/// A key of fewer than 8 characters is a placeholder such as `none` and no secret: it may well be
/// part of a reply, and stays.
final class Scrubber {
  private static final int SECRET_CHARS_MIN = 8;
  private static final byte[] STARS = {'*', '*', '*'};

  private final byte[] secret;

  Scrubber(Optional<String> key) {
    secret =
        key.filter(k -> k.length() >= SECRET_CHARS_MIN)
            .map(k -> k.getBytes(StandardCharsets.UTF_8))
            .orElse(new byte[0]);
  }

  /// The body, taken over, without the key.
  Bytes scrub(byte[] body) {
    int hit = secret.length == 0 ? -1 : find(body, 0);
    if (hit < 0) {
      return Bytes.wrap(body);
    }
    ByteArrayOutputStream clean = new ByteArrayOutputStream(body.length);
    int from = 0;
    while (hit >= 0) {
      clean.write(body, from, hit - from);
      clean.writeBytes(STARS);
      from = hit + secret.length;
      hit = find(body, from);
    }
    clean.write(body, from, body.length - from);
    return Bytes.wrap(clean.toByteArray());
  }

  String scrub(String text) {
    return secret.length == 0
        ? text
        : text.replace(new String(secret, StandardCharsets.UTF_8), "***");
  }

  private int find(byte[] body, int from) {
    byte first = secret[0];
    for (int i = from; i <= body.length - secret.length; i++) {
      if (body[i] == first && Arrays.equals(body, i, i + secret.length, secret, 0, secret.length)) {
        return i;
      }
    }
    return -1;
  }
}
