package dev.alicorn.engine.transfer;

/// The counter-based random generator Philox4x32-10: 128 random bits for a key of 64 bits and a
/// counter of 128, without any state between them.
///
/// From "Parallel Random Numbers: As Easy as 1, 2, 3" (Salmon, Moraes, Dror, Shaw; SC 2011).
final class Philox {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private Philox() {}

  /// Encrypts a counter of four words, the lowest first, in its place.
  static void block(int[] counter, int key0, int key1) {
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (counter[0] & LOW);
      long product1 = MULTIPLIER_1 * (counter[2] & LOW);
      int next0 = (int) (product1 >>> 32) ^ counter[1] ^ k0;
      int next2 = (int) (product0 >>> 32) ^ counter[3] ^ k1;
      counter[0] = next0;
      counter[1] = (int) product1;
      counter[2] = next2;
      counter[3] = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
  }
}
