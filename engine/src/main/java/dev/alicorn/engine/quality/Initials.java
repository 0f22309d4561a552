package dev.alicorn.engine.quality;

/// The first chars of some words: whether a word may be one of them, told without a look at all of
/// it.
final class Initials {
  private long low;
  private long high;

  void add(String word) {
    char first = word.charAt(0);
    if ((first & 64) == 0) {
      low |= 1L << first;
    } else {
      high |= 1L << first;
    }
  }

  /// False only where no word begins like this one.
  boolean has(String word) {
    char first = word.charAt(0);
    return (((first & 64) == 0 ? low : high) & 1L << first) != 0;
  }
}
