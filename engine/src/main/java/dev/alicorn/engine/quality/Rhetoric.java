package dev.alicorn.engine.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Words of praise, feeling and comparison, which say what a writer thinks of a scene and not what
/// is in it.
public final class Rhetoric {
  private static final List<String> PRAISE = WordList.named("praise.txt");
  private static final Set<String> PRAISE_WORDS = Set.copyOf(PRAISE);

  /// By their first word, the phrases as words, longer ones first.
  private static final Map<String, List<List<String>>> PHRASES = phrases();

  private Rhetoric() {}

  private static Map<String, List<List<String>>> phrases() {
    Map<String, List<List<String>>> phrases = new HashMap<>();
    Stream.concat(PRAISE.stream(), WordList.named("rhetoric.txt").stream())
        .map(TextWords::of)
        .sorted(Comparator.comparingInt(words -> -words.size()))
        .forEach(
            words -> phrases.computeIfAbsent(words.getFirst(), _ -> new ArrayList<>()).add(words));
    return phrases;
  }

  /// The words and phrases that are found, in their order and in lower case.
  public static List<String> find(String text) {
    List<String> words = TextWords.of(text);
    List<String> found = new ArrayList<>();
    for (int at = 0; at < words.size(); at++) {
      for (List<String> phrase : PHRASES.getOrDefault(words.get(at), List.of())) {
        int end = at + phrase.size();
        if (end <= words.size() && words.subList(at, end).equals(phrase)) {
          found.add(String.join(" ", phrase));
          at = end - 1;
          break;
        }
      }
    }
    return found;
  }

  /// Whether a word in lower case is one of praise.
  static boolean isPraise(String word) {
    return PRAISE_WORDS.contains(word);
  }
}
