package dev.alicorn.engine.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Words and phrases to be looked for in a text, as whole words in a row and in whatever case.
public final class PhraseList {
  /// By their first word, the phrases as words, longer ones first.
  private final Map<String, List<List<String>>> phrases = new HashMap<>();

  public PhraseList(List<String> phrases) {
    phrases.stream()
        .map(TextWords::of)
        .sorted(Comparator.comparingInt(words -> -words.size()))
        .forEach(words ->
            this.phrases.computeIfAbsent(words.getFirst(), _ -> new ArrayList<>()).add(words));
  }

  /// The phrases that are found, in their order and in lower case; none of a text's words is in
  /// two.
  ///
  /// @param words of a text, as [TextWords] has them
  public List<String> find(List<String> words) {
    List<String> found = new ArrayList<>();
    int at = 0;
    while (at < words.size()) {
      List<String> phrase = startingAt(at, words);
      if (!phrase.isEmpty()) {
        found.add(String.join(" ", phrase));
      }
      at += Math.max(1, phrase.size());
    }
    return found;
  }

  /// Whether any phrase is found.
  public boolean isIn(List<String> words) {
    for (int at = 0; at < words.size(); at++) {
      if (!startingAt(at, words).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// The longest phrase that starts at a word; empty if none does.
  private List<String> startingAt(int at, List<String> words) {
    for (List<String> phrase : phrases.getOrDefault(words.get(at), List.of())) {
      if (goesOn(phrase, at, words)) {
        return phrase;
      }
    }
    return List.of();
  }

  /// Whether a phrase whose first word stands at a place goes on there.
  private static boolean goesOn(List<String> phrase, int at, List<String> words) {
    if (at + phrase.size() > words.size()) {
      return false;
    }
    for (int i = 1; i < phrase.size(); i++) {
      if (!phrase.get(i).equals(words.get(at + i))) {
        return false;
      }
    }
    return true;
  }
}
