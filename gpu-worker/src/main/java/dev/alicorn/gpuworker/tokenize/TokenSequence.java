package dev.alicorn.gpuworker.tokenize;

import java.util.Arrays;

/// A caption's token ids, special tokens included: immutable, equal by content.
public final class TokenSequence {
  private final int[] ids;
  private final int specials;
  private final boolean truncated;

  /// @param ids the caller must not write to it again
  /// @param specials how many of the ids are special tokens that frame the text
  /// @param truncated whether the text had more tokens than the longest input
  public TokenSequence(int[] ids, int specials, boolean truncated) {
    this.ids = ids;
    this.specials = specials;
    this.truncated = truncated;
  }

  public int length() {
    return ids.length;
  }

  public int id(int index) {
    return ids[index];
  }

  /// Whether nothing of the text is left: only the special tokens are.
  public boolean isBlank() {
    return ids.length == specials;
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
        && specials == sequence.specials
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
