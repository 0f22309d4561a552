package dev.alicorn.engine.quality;

import java.util.List;

/// The longest run of words that a text has from another.
public final class VerbatimCopy {
  private VerbatimCopy() {}

  /// How many words in a row stand in both texts, 0 where they share none. Takes time in proportion
  /// to the product of both lengths.
  public static int runWords(String text, String source) {
    List<String> own = TextWords.of(text);
    List<String> other = TextWords.of(source);
    int longest = 0;
    int[] endingHere = new int[other.size() + 1];
    for (String word : own) {
      for (int i = other.size(); i > 0; i--) {
        endingHere[i] = word.equals(other.get(i - 1)) ? endingHere[i - 1] + 1 : 0;
        longest = Math.max(longest, endingHere[i]);
      }
    }
    return longest;
  }
}
