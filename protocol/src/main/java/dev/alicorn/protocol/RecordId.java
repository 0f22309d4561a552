package dev.alicorn.protocol;

/// A record's place among its job's seeds, from 1; written in decimal it is the row's `id` in every
/// dataset file.
public record RecordId(long ordinal) implements Comparable<RecordId> {
  public RecordId {
    if (ordinal < 1) {
      throw new IllegalArgumentException("record ids start at 1, not " + ordinal);
    }
  }

  @Override
  public int compareTo(RecordId other) {
    return Long.compare(ordinal, other.ordinal);
  }

  @Override
  public String toString() {
    return Long.toString(ordinal);
  }
}
