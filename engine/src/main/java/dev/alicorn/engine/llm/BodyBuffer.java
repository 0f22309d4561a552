package dev.alicorn.engine.llm;

import java.io.ByteArrayOutputStream;
import org.apache.pekko.util.ByteString;

/// A response body while it comes in, cut at its limit.
final class BodyBuffer {
  private final long bytesMax;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean overflown;

  BodyBuffer(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// Takes a part in, as far as it fits; false when it did not fit.
  boolean take(ByteString part) {
    long room = bytesMax - bytes.size();
    overflown = part.length() > room;
    bytes.writeBytes((overflown ? part.take((int) room) : part).toArrayUnsafe());
    return !overflown;
  }

  boolean overflown() {
    return overflown;
  }

  byte[] toArray() {
    return bytes.toByteArray();
  }
}
