package dev.alicorn.gpuworker.tokenize;

import java.util.Arrays;

/// A caption's token ids, special tokens included: immutable, equal by content.
public final class TokenSequence {
  private final int[] ids;
  private final int attended;
  private final boolean blank;
  private final boolean truncated;

  /// @param ids the caller must not write to it again
  /// @param attended how many of the ids, from the first on, are no padding
  /// @param blank whether nothing of the text is in them
  /// @param truncated whether the text had more tokens than the longest input
  public TokenSequence(int[] ids, int attended, boolean blank, boolean truncated) {
    if (attended > ids.length) {
      throw new IllegalArgumentException(attended + " attended tokens of " + ids.length);
    }
    this.ids = ids;
    this.attended = attended;
    this.blank = blank;
    this.truncated = truncated;
  }

  public int length() {
    return ids.length;
  }

  /// How many of the ids, from the first on, are no padding.
  public int attended() {
    return attended;
  }

  public int id(int index) {
    return ids[index];
  }

  /// Whether nothing of the text is left: only what frames it is.
  public boolean isBlank() {
    return blank;
  }

  public boolean truncated() {
    return truncated;
  }

  public int[] toArray() {
    return ids.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenSequence sequence
        && truncated == sequence.truncated
        && blank == sequence.blank
        && attended == sequence.attended
        && Arrays.equals(ids, sequence.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return "TokenSequence" + Arrays.toString(ids) + (truncated ? " (truncated)" : "");
  }
}
