package dev.alicorn.engine.reuse;

import dev.alicorn.engine.journal.Position;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.RecordId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where replies lie, by call key and record: 28 bytes a reply, in sorted columns.
///
/// Of a key the first 8 bytes are held, so that whoever reads the reply has to compare the key. The
/// order is by key, record, journal and position.
final class ReplyIndex {
  static final int BYTES_PER_REPLY = 28;
  private static final int CAPACITY_MIN = 256;

  private long[] keys = new long[0];
  private int[] records = new int[0];
  private int[] journals = new int[0];
  private int[] incarnations = new int[0];
  private long[] indices = new long[0];
  private int size;
  private boolean sorted = true;

  /// A reply's place.
  ///
  /// @param journal number of its journal, from 0
  record Found(int journal, Position position) {}

  /// @param journal number of the journal, at least that of the one added before
  void add(CallKey key, RecordId record, int journal, Position position) {
    if (size == keys.length) {
      resize(Math.max(CAPACITY_MIN, size + (size >> 1)));
    }
    keys[size] = key.hash().prefix();
    records[size] = Math.toIntExact(record.ordinal());
    journals[size] = journal;
    incarnations[size] = position.incarnation();
    indices[size] = position.index();
    size++;
    sorted = false;
  }

  /// Puts the columns in order and gives back the room that is not needed.
  void sort() {
    resize(size);
    for (int root = size / 2 - 1; root >= 0; root--) {
      sift(root, size);
    }
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      sift(0, end);
    }
    sorted = true;
  }

  int size() {
    return size;
  }

  /// The reply to a key that the same record got, else the one of the first record that got any;
  /// null where there is none.
  @Nullable Found find(CallKey key, RecordId record) {
    if (!sorted) {
      throw new IllegalStateException("an index is sorted before it is asked");
    }
    long prefix = key.hash().prefix();
    int row = firstFrom(prefix, Math.toIntExact(record.ordinal()));
    if (row == size || keys[row] != prefix || records[row] != record.ordinal()) {
      row = firstFrom(prefix, 0);
    }
    return row == size || keys[row] != prefix
        ? null
        : new Found(journals[row], new Position(incarnations[row], indices[row]));
  }

  private int firstFrom(long key, int record) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean before = keys[middle] < key || (keys[middle] == key && records[middle] < record);
      low = before ? middle + 1 : low;
      high = before ? high : middle;
    }
    return low;
  }

  /// Heap sort's step: the row at `root` sinks below the greater of its children.
  private void sift(int root, int end) {
    int parent = root;
    for (int child = 2 * parent + 1; child < end; child = 2 * parent + 1) {
      if (child + 1 < end && compare(child, child + 1) < 0) {
        child++;
      }
      if (compare(parent, child) >= 0) {
        return;
      }
      swap(parent, child);
      parent = child;
    }
  }

  private int compare(int a, int b) {
    int order = Long.compare(keys[a], keys[b]);
    order = order != 0 ? order : Integer.compare(records[a], records[b]);
    order = order != 0 ? order : Integer.compare(journals[a], journals[b]);
    order = order != 0 ? order : Integer.compare(incarnations[a], incarnations[b]);
    return order != 0 ? order : Long.compare(indices[a], indices[b]);
  }

  private void swap(int a, int b) {
    swap(keys, a, b);
    swap(records, a, b);
    swap(journals, a, b);
    swap(incarnations, a, b);
    swap(indices, a, b);
  }

  private static void swap(long[] column, int a, int b) {
    long held = column[a];
    column[a] = column[b];
    column[b] = held;
  }

  private static void swap(int[] column, int a, int b) {
    int held = column[a];
    column[a] = column[b];
    column[b] = held;
  }

  private void resize(int capacity) {
    keys = Arrays.copyOf(keys, capacity);
    records = Arrays.copyOf(records, capacity);
    journals = Arrays.copyOf(journals, capacity);
    incarnations = Arrays.copyOf(incarnations, capacity);
    indices = Arrays.copyOf(indices, capacity);
  }
}
