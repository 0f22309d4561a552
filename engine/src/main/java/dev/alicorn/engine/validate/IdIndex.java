package dev.alicorn.engine.validate;

import java.util.HashMap;
import java.util.Map;

/// The ids of embeddings and of the rows read so far: about 100 bytes an id, which is all that a
/// validation keeps of a record.
final class IdIndex {
  private static final int NO_FILE = -1;

  private record Entry(boolean embedded, int lastFile) {}

  private final Map<String, Entry> entries = new HashMap<>();
  private long embeddings;
  private long embeddingsUsed;

  /// Notes an embedding; false where its id had one already.
  boolean addEmbedding(String id) {
    if (entries.putIfAbsent(id, new Entry(true, NO_FILE)) != null) {
      return false;
    }
    embeddings++;
    return true;
  }

  boolean hasEmbedding(String id) {
    Entry entry = entries.get(id);
    return entry != null && entry.embedded();
  }

  /// Notes a row of the file with this number; false where the file had the id already.
  boolean addRow(String id, int file) {
    Entry before = entries.get(id);
    if (before == null) {
      entries.put(id, new Entry(false, file));
      return true;
    }
    if (before.lastFile() == file) {
      return false;
    }
    if (before.embedded() && before.lastFile() == NO_FILE) {
      embeddingsUsed++;
    }
    entries.put(id, new Entry(before.embedded(), file));
    return true;
  }

  long embeddings() {
    return embeddings;
  }

  /// Embeddings whose id no row has.
  long embeddingsUnused() {
    return embeddings - embeddingsUsed;
  }
}
