package dev.alicorn.engine.seed;

/// A growing table from 64-bit hashes to numbers, in two packed arrays: 16 bytes a slot, of which a
/// half to three quarters are taken, so that 1.2 million entries take 32 MiB.
///
/// Not for use by several threads.
final class LongTable {
  private static final int SLOTS_MIN = 16;
  private static final int SLOTS_MAX = 1 << 29;

  /// Numbers of free slots are 0.
  private long[] keys = new long[SLOTS_MIN];

  private long[] values = new long[SLOTS_MIN];
  private int size;

  /// The number of a key, 0 where it has none.
  long get(long key) {
    return values[slotOf(key)];
  }

  /// Gives a key a number above 0 where it has none or a smaller one; gives the one before back.
  long raise(long key, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException("a number above 0, not " + value);
    }
    int slot = slotOf(key);
    long before = values[slot];
    if (before == 0) {
      size++;
    }
    keys[slot] = key;
    values[slot] = Math.max(before, value);
    if (size > keys.length / 4 * 3) {
      grow();
    }
    return before;
  }

  int size() {
    return size;
  }

  private int slotOf(long key) {
    int mask = keys.length - 1;
    int slot = (int) (key >>> 33) & mask;
    while (values[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    if (keys.length == SLOTS_MAX) {
      throw new IllegalStateException(
          "a job has at most " + SLOTS_MAX / 4 * 3 + " seeds; split it into several");
    }
    long[] keysBefore = keys;
    long[] valuesBefore = values;
    keys = new long[2 * keysBefore.length];
    values = new long[2 * keysBefore.length];
    for (int i = 0; i < keysBefore.length; i++) {
      if (valuesBefore[i] != 0) {
        int slot = slotOf(keysBefore[i]);
        keys[slot] = keysBefore[i];
        values[slot] = valuesBefore[i];
      }
    }
  }
}
