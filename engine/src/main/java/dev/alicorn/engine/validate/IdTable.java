package dev.alicorn.engine.validate;

import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.protocol.SplitMix64;
import java.util.List;
import java.util.OptionalInt;

/// The ids of a dataset and what is known of each: where it was seen, and hashes of its texts and
/// of its vector. About 60 bytes an id, which is all that a validation keeps of a record.
///
/// Open addressing with 64-bit hashes for ids: of 1.2 million ids any two are taken for one with a
/// probability of 4e-8. A place is an index that stays valid until the next new id.
final class IdTable {
  private static final int CAPACITY_FIRST = 1 << 12;
  private static final double LOAD_MAX = 0.7;

  private long[] keys = new long[CAPACITY_FIRST];
  private int[] seen = new int[CAPACITY_FIRST];
  private final Hashes captions = new Hashes();
  private final Hashes pretrain = new Hashes();
  private final Hashes instruct = new Hashes();
  private final Hashes vectors = new Hashes();
  private final Hashes projections = new Hashes();
  private int size;

  /// What is kept of each record in 32 bits, 0 where nothing is.
  static final class Hashes {
    private int[] values = new int[CAPACITY_FIRST];

    int get(int place) {
      return values[place];
    }

    void put(int place, int hash) {
      values[place] = hash;
    }
  }

  Hashes captions() {
    return captions;
  }

  /// Hashes of conversations.
  Hashes conversations(DatasetSet set) {
    return switch (set) {
      case PRETRAIN -> pretrain;
      case INSTRUCT -> instruct;
    };
  }

  Hashes vectors() {
    return vectors;
  }

  Hashes projections() {
    return projections;
  }

  /// The place of an id, which is new if it must be.
  int place(String id) {
    if (size >= keys.length * LOAD_MAX) {
      grow();
    }
    long key = key(id);
    int place = slot(key);
    if (keys[place] == 0) {
      keys[place] = key;
      size++;
    }
    return place;
  }

  /// The place of an id that is there.
  OptionalInt find(String id) {
    long key = key(id);
    int place = slot(key);
    return keys[place] == key ? OptionalInt.of(place) : OptionalInt.empty();
  }

  /// The bits that were set of a record.
  int seen(int place) {
    return seen[place];
  }

  void see(int place, int bits) {
    seen[place] |= bits;
  }

  /// How many records have one of some bits and none of others.
  long count(int some, int none) {
    long count = 0;
    for (int place = 0; place < keys.length; place++) {
      if ((seen[place] & some) != 0 && (seen[place] & none) == 0) {
        count++;
      }
    }
    return count;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) (key >>> 32) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldSeen = seen;
    int capacity = Math.multiplyExact(oldKeys.length, 2);
    keys = new long[capacity];
    seen = new int[capacity];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldKeys[old] != 0) {
        int slot = slot(oldKeys[old]);
        keys[slot] = oldKeys[old];
        seen[slot] = oldSeen[old];
      }
    }
    for (Hashes column : List.of(captions, pretrain, instruct, vectors, projections)) {
      int[] oldValues = column.values;
      column.values = new int[capacity];
      for (int old = 0; old < oldKeys.length; old++) {
        if (oldKeys[old] != 0) {
          column.values[slot(oldKeys[old])] = oldValues[old];
        }
      }
    }
  }

  private static long key(String id) {
    long hash = 0x9E3779B97F4A7C15L;
    for (int i = 0; i < id.length(); i++) {
      hash = SplitMix64.next(hash ^ id.charAt(i));
    }
    return hash == 0 ? 1 : hash;
  }
}
