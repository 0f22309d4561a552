package dev.alicorn.engine.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Words of praise, feeling and comparison, which say what a writer thinks of a scene and not what
/// is in it.
public final class Rhetoric {
  private static final List<String> PRAISE = WordList.named("praise.txt");
  private static final Set<String> PRAISE_WORDS = Set.copyOf(PRAISE);
  private static final Pattern ANY =
      Pattern.compile(
          "\\b(?:"
              + Stream.concat(PRAISE.stream(), WordList.named("rhetoric.txt").stream())
                  .map(phrase -> Pattern.quote(phrase).replace(" ", "\\E\\s+\\Q"))
                  .collect(Collectors.joining("|"))
              + ")\\b",
          Pattern.CASE_INSENSITIVE);

  private Rhetoric() {}

  /// The words and phrases that are found, in their order.
  public static List<String> find(String text) {
    List<String> found = new ArrayList<>();
    Matcher any = ANY.matcher(text);
    while (any.find()) {
      found.add(any.group().toLowerCase(Locale.ROOT));
    }
    return found;
  }

  /// Whether a word in lower case is one of praise.
  static boolean isPraise(String word) {
    return PRAISE_WORDS.contains(word);
  }
}
