package dev.alicorn.engine.quality;

import java.util.Collections;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The words of a text that say what is in it, each once: without words of grammar, words about
/// pictures (image, photo, view) and words of praise.
///
/// Words are cut to a stem by the endings of plural and verb alone, so that `dogs running` and `a
/// dog runs` have the same content. Stems are for comparison and are no words.
public final class ContentWords {
  private static final Set<String> EMPTY_WORDS = Set.copyOf(WordList.named("empty-words.txt"));
  private static final int STEM_CHARS_MIN = 3;

  private ContentWords() {}

  public static NavigableSet<String> of(String text) {
    NavigableSet<String> content = new TreeSet<>();
    forEachBareWord(
        text,
        bare -> {
          if (!EMPTY_WORDS.contains(bare) && !Rhetoric.isPraise(bare) && bare.length() > 1) {
            content.add(stem(bare));
          }
        });
    return Collections.unmodifiableNavigableSet(content);
  }

  /// The share of a seed's content words that a caption has, from 0 to 1; 1 where the seed has
  /// none.
  public static double kept(String seed, String caption) {
    Set<String> missing = new HashSet<>(of(seed));
    int wanted = missing.size();
    if (wanted == 0) {
      return 1;
    }
    // A stem begins as its word does, so that most words of a caption need none.
    Initials initials = new Initials();
    missing.forEach(initials::add);
    for (String word : TextWords.of(caption)) {
      if (missing.isEmpty()) {
        break;
      }
      if (initials.has(word) || word.indexOf('-') >= 0) {
        forEachPart(word, bare -> missing.remove(stem(bare)));
      }
    }
    return (double) (wanted - missing.size()) / wanted;
  }

  /// Words without hyphens and without the ending of the genitive.
  private static void forEachBareWord(String text, Consumer<String> action) {
    for (String word : TextWords.of(text)) {
      forEachPart(word, action);
    }
  }

  private static void forEachPart(String word, Consumer<String> action) {
    if (word.indexOf('-') < 0) {
      action.accept(withoutGenitive(word));
      return;
    }
    for (String part : word.split("-", -1)) {
      action.accept(withoutGenitive(part));
    }
  }

  private static String withoutGenitive(String word) {
    return word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
  }

  static String stem(String word) {
    String stem = word;
    if (ends(stem, "ies", 4)) {
      stem = stem.substring(0, stem.length() - 3) + "y";
    } else if (ends(stem, "sses", 3)
        || ends(stem, "shes", 3)
        || ends(stem, "ches", 3)
        || ends(stem, "xes", 3)) {
      stem = stem.substring(0, stem.length() - 2);
    } else if (ends(stem, "s", 3) && !stem.endsWith("ss") && !stem.endsWith("us")) {
      stem = stem.substring(0, stem.length() - 1);
    }
    if (ends(stem, "ing", STEM_CHARS_MIN + 3)) {
      stem = undoubled(stem.substring(0, stem.length() - 3));
    } else if (ends(stem, "ed", STEM_CHARS_MIN + 2)) {
      stem = undoubled(stem.substring(0, stem.length() - 2));
    }
    return stem.length() > STEM_CHARS_MIN && stem.endsWith("e")
        ? stem.substring(0, stem.length() - 1)
        : stem;
  }

  private static boolean ends(String word, String ending, int charsMin) {
    return word.length() >= charsMin && word.endsWith(ending);
  }

  /// `running` without its ending is `runn`.
  private static String undoubled(String stem) {
    int last = stem.length() - 1;
    boolean doubled =
        last > 1
            && stem.charAt(last) == stem.charAt(last - 1)
            && "bdgmnprt".indexOf(stem.charAt(last)) >= 0;
    return doubled ? stem.substring(0, last) : stem;
  }
}
