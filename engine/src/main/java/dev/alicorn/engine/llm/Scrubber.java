package dev.alicorn.engine.llm;

import dev.alicorn.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes an endpoint's key out of what the endpoint sends back: as it is, URL-encoded, in base64,
/// as JSON may escape it, and the beginning of any of these at a body's cut end.
///
/// A key of fewer than 8 characters is a placeholder such as `none` and no secret: it may well be
/// part of a reply, and stays.
final class Scrubber {
  private static final int SECRET_CHARS_MIN = 8;
  private static final byte[] STARS = {'*', '*', '*'};

  private final List<byte[]> forms;

  Scrubber(Optional<String> key) {
    forms =
        key.filter(k -> k.length() >= SECRET_CHARS_MIN).stream()
            .flatMap(Scrubber::forms)
            .distinct()
            .map(form -> form.getBytes(StandardCharsets.UTF_8))
            .toList();
  }

  private static Stream<String> forms(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        key,
        URLEncoder.encode(key, StandardCharsets.UTF_8),
        key.replace("/", "\\/"),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// The body, taken over, without the key.
  Bytes scrub(byte[] body) {
    byte[] clean = body;
    for (byte[] form : forms) {
      clean = without(form, clean);
    }
    return Bytes.wrap(clean);
  }

  String scrub(String text) {
    return forms.isEmpty() ? text : scrub(text.getBytes(StandardCharsets.UTF_8)).utf8();
  }

  private static byte[] without(byte[] form, byte[] body) {
    int hit = find(form, body, 0);
    if (hit < 0) {
      return body;
    }
    ByteArrayOutputStream clean = new ByteArrayOutputStream(body.length);
    int from = 0;
    while (hit >= 0) {
      clean.write(body, from, hit - from);
      clean.writeBytes(STARS);
      from = Math.min(body.length, hit + form.length);
      hit = find(form, body, from);
    }
    clean.write(body, from, body.length - from);
    return clean.toByteArray();
  }

  /// Where the form stands next, whole or cut by the body's end; -1 if nowhere.
  private static int find(byte[] form, byte[] body, int from) {
    byte first = form[0];
    for (int i = from; i <= body.length - SECRET_CHARS_MIN; i++) {
      int length = Math.min(form.length, body.length - i);
      if (body[i] == first && Arrays.equals(body, i, i + length, form, 0, length)) {
        return i;
      }
    }
    return -1;
  }
}
