package dev.alicorn.engine.seed;

import dev.alicorn.engine.quality.ContentWords;

/// Which row of each group is kept: the one with the most content words, among equals the longer
/// text, among equals the first.
///
/// Words, length and place of a group's best row are packed into one number, so that a group takes
/// what a slot of a [LongTable] does.
final class GroupWinners {
  private static final int WORDS_MAX = (1 << 13) - 1;
  private static final int CHARS_BITS = 14;
  private static final int PLACE_BITS = 36;
  private static final long PLACE_MAX = (1L << PLACE_BITS) - 1;

  private final LongTable best = new LongTable();

  /// Takes a row in.
  ///
  /// @param place of the row in its source, from 0
  void add(String group, String text, long place) {
    if (place > PLACE_MAX) {
      throw new IllegalStateException("a file has at most " + PLACE_MAX + " rows; split it");
    }
    long words = Math.min(ContentWords.of(text).size(), WORDS_MAX);
    long merit = (words << CHARS_BITS) | text.length();
    best.raise(TextHash.of(group), (merit << PLACE_BITS) | (PLACE_MAX - place));
  }

  /// Whether a row, once all are taken in, is the one that is kept.
  boolean isWinner(String group, long place) {
    return PLACE_MAX - (best.get(TextHash.of(group)) & PLACE_MAX) == place;
  }
}
