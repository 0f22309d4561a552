package dev.alicorn.engine.report;

/// A growing set of 64-bit hashes in one array, at most three quarters full.
final class LongSet {
  private long[] slots = new long[1 << 10];
  private boolean zero;
  private int size;

  /// Adds a hash; false where it is there already.
  boolean add(long hash) {
    if (hash == 0) {
      boolean added = !zero;
      zero = true;
      return added;
    }
    int slot = slot(slots, hash);
    if (slots[slot] == hash) {
      return false;
    }
    slots[slot] = hash;
    size++;
    if (size > slots.length - slots.length / 4) {
      grow();
    }
    return true;
  }

  int size() {
    return size + (zero ? 1 : 0);
  }

  private void grow() {
    long[] wider = new long[Math.multiplyExact(slots.length, 2)];
    for (long hash : slots) {
      if (hash != 0) {
        wider[slot(wider, hash)] = hash;
      }
    }
    slots = wider;
  }

  private static int slot(long[] slots, long hash) {
    int mask = slots.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
