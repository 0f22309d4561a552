package dev.alicorn.engine.transfer;

/// Standard normal numbers that follow from a random seed, a record's id and a dimension alone, in
/// whatever order they are asked for.
///
/// [Philox] has the seed as its key, low word first, and as its counter the words `j / 4`, 0, and
/// the id's low and high one; word `j % 4` of a block is x of dimension j, and its number is the
/// [NormalQuantile] of `(x + 1/2) / 2^32`.
final class GaussianNoise {
  private static final int BLOCK = 4;

  private final int key0;
  private final int key1;

  GaussianNoise(long randomSeed) {
    key0 = (int) randomSeed;
    key1 = (int) (randomSeed >>> 32);
  }

  /// Adds `sigma` times a number of its own to each dimension.
  void addTo(double[] vector, long record, double sigma) {
    int[] block = new int[BLOCK];
    for (int j = 0; j < vector.length; j++) {
      if (j % BLOCK == 0) {
        block[0] = j / BLOCK;
        block[1] = 0;
        block[2] = (int) record;
        block[3] = (int) (record >>> 32);
        Philox.block(block, key0, key1);
      }
      double p = (Integer.toUnsignedLong(block[j % BLOCK]) + 0.5) * 0x1p-32;
      vector[j] += sigma * NormalQuantile.of(p);
    }
  }
}
