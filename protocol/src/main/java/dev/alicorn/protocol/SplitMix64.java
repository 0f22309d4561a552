package dev.alicorn.protocol;

/// Numbers that follow from a key and look drawn: the generator SplitMix64 (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", OOPSLA 2014).
public final class SplitMix64 {
  public static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  public static final long FIRST_FACTOR = 0xBF58476D1CE4E5B9L;
  public static final long SECOND_FACTOR = 0x94D049BB133111EBL;

  private SplitMix64() {}

  /// The number that the generator gives in a state.
  public static long next(long state) {
    return mix(state + GOLDEN_GAMMA);
  }

  /// Its finaliser, a bijection.
  public static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * FIRST_FACTOR;
    z = (z ^ (z >>> 27)) * SECOND_FACTOR;
    return z ^ (z >>> 31);
  }
}
