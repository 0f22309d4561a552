package dev.alicorn.engine.quality;

import dev.alicorn.protocol.SplitMix64;

/// A 64-bit hash of a text that is quick to take and no secret: FNV-1a over its UTF-16 units, then
/// a step of SplitMix64.
public final class FastHash {
  private static final long OFFSET = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;

  private FastHash() {}

  public static long of(String text) {
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return SplitMix64.next(hash);
  }
}
