package dev.alicorn.engine.state;

import dev.alicorn.protocol.ContentHash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The ids that the senders of streamed seeds gave them: a set of the first 128 bits of their
/// SHA-256, at most 64 bytes of memory an id, dropped when the seeds are sealed.
///
/// Two ids of 10^9 are taken for one with a chance of 10^-21. Not for use by several threads.
public final class SeedIds {
  private static final int SLOTS_MIN = 16;
  private static final int SLOTS_MAX = 1 << 29;
  private static final char PLACE = '#';

  private long[] slots = new long[2 * SLOTS_MIN];
  private int size;

  /// The key of a seed that came without an id: its place in the stream.
  public static String place(long row) {
    return PLACE + Long.toString(row);
  }

  /// Whether a seed's key is a place, and so no id.
  public static boolean isPlace(String key) {
    return !key.isEmpty() && key.charAt(0) == PLACE;
  }

  /// Takes an id in; false where it was there already.
  public boolean add(String id) {
    ByteBuffer hash =
        ByteBuffer.wrap(ContentHash.sha256().digest(id.getBytes(StandardCharsets.UTF_8)));
    return add(hash.getLong(), hash.getLong());
  }

  private boolean add(long high, long low) {
    if (high == 0 && low == 0) {
      throw new IllegalArgumentException("a SHA-256 begins with 16 zeros");
    }
    if (2 * size >= slots.length / 2) {
      grow();
    }
    int slot = slotOf(high, low);
    if (slots[slot] == high && slots[slot + 1] == low) {
      return false;
    }
    slots[slot] = high;
    slots[slot + 1] = low;
    size++;
    return true;
  }

  /// Where an id is, or would be: at the place that its first bits say, or behind it.
  private int slotOf(long high, long low) {
    int mask = slots.length / 2 - 1;
    int at = (int) (high >>> Long.numberOfLeadingZeros(mask)) & mask;
    while (!isFree(at) && !(slots[2 * at] == high && slots[2 * at + 1] == low)) {
      at = (at + 1) & mask;
    }
    return 2 * at;
  }

  private void grow() {
    if (slots.length / 2 >= SLOTS_MAX) {
      throw new IllegalStateException("a stream has at most " + SLOTS_MAX / 2 + " seeds with ids");
    }
    long[] before = slots;
    slots = new long[2 * before.length];
    size = 0;
    for (int i = 0; i < before.length; i += 2) {
      if (before[i] != 0 || before[i + 1] != 0) {
        add(before[i], before[i + 1]);
      }
    }
  }

  /// Forgets all.
  public void clear() {
    slots = new long[2 * SLOTS_MIN];
    size = 0;
  }

  /// Writes the ids, in an order that does not depend on that in which they came: which slots are
  /// taken does not, so that it is enough to sort each run of them.
  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    int count = slots.length / 2;
    int free = 0;
    while (!isFree(free)) {
      free++;
    }
    List<long[]> run = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      int at = (free + i) % count;
      if (!isFree(at)) {
        run.add(new long[] {slots[2 * at], slots[2 * at + 1]});
      } else {
        run.sort(Arrays::compareUnsigned);
        for (long[] id : run) {
          out.writeLong(id[0]);
          out.writeLong(id[1]);
        }
        run.clear();
      }
    }
  }

  private boolean isFree(int at) {
    return slots[2 * at] == 0 && slots[2 * at + 1] == 0;
  }

  static SeedIds read(DataInput in) throws IOException {
    SeedIds ids = new SeedIds();
    for (int left = in.readInt(); left > 0; left--) {
      ids.add(in.readLong(), in.readLong());
    }
    return ids;
  }
}
