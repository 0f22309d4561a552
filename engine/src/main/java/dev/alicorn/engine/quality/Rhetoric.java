package dev.alicorn.engine.quality;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Words of praise, feeling and comparison, which say what a writer thinks of a scene and not what
/// is in it.
public final class Rhetoric {
  private static final Set<String> PRAISE = Set.copyOf(WordList.named("praise.txt"));
  private static final PhraseList PHRASES =
      new PhraseList(
          Stream.concat(PRAISE.stream(), WordList.named("rhetoric.txt").stream()).toList());

  private Rhetoric() {}

  /// The words and phrases that are found, in their order and in lower case.
  public static List<String> find(String text) {
    return PHRASES.find(TextWords.of(text));
  }

  /// Whether a word in lower case is one of praise.
  static boolean isPraise(String word) {
    return PRAISE.contains(word);
  }
}
