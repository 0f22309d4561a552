package dev.alicorn.engine.quality;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The longest run of words that a text has from another.
public final class VerbatimCopy {
  private VerbatimCopy() {}

  /// How many words in a row stand in both texts, 0 where they share none. Takes time in proportion
  /// to the product of both lengths.
  public static int runWords(String text, String source) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] other = numbered(TextWords.of(source), numbers);
    int[] own = numbered(TextWords.of(text), numbers);
    int longest = 0;
    int[] endingHere = new int[other.length + 1];
    for (int word : own) {
      for (int i = other.length; i > 0; i--) {
        endingHere[i] = word == other[i - 1] ? endingHere[i - 1] + 1 : 0;
        longest = Math.max(longest, endingHere[i]);
      }
    }
    return longest;
  }

  /// The words by numbers, one for each word that there is: faster to compare.
  private static int[] numbered(List<String> words, Map<String, Integer> numbers) {
    return words.stream()
        .mapToInt(word -> numbers.computeIfAbsent(word, _ -> numbers.size()))
        .toArray();
  }
}
