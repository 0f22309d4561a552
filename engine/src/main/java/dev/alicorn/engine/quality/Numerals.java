package dev.alicorn.engine.quality;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Numbers, measures, years and serial numbers in digits, and those of them that a text has from
/// nowhere.
///
/// The numbers that items of a list open with are none of these. A word of a number counts as its
/// digits on the side that something may be taken from, so `3 dogs` is not invented from `three
/// dogs`. Numbers in words are never invented: a viewer counts.
public final class Numerals {
  private static final Pattern NUMERAL =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])\\p{L}{0,6}-?\\p{Nd}[\\p{L}\\p{Nd}]*(?:[.,:/-]\\p{Nd}+)*");
  private static final Pattern ITEM = Pattern.compile("(?:\\A|(?<=[.:!?]\\s))\\d{1,2}[.)]\\s");
  private static final Pattern NUMBER_WORD;
  private static final Map<String, String> NUMBER_WORDS =
      Map.ofEntries(
          Map.entry("one", "1"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"),
          Map.entry("eleven", "11"),
          Map.entry("twelve", "12"),
          Map.entry("a dozen", "12"),
          Map.entry("twenty", "20"),
          Map.entry("hundred", "100"),
          Map.entry("pair", "2"),
          Map.entry("both", "2"));

  static {
    NUMBER_WORD =
        Pattern.compile(
            "\\b(?:" + String.join("|", NUMBER_WORDS.keySet()) + ")\\b", Pattern.CASE_INSENSITIVE);
  }

  private Numerals() {}

  /// The numerals of a text that none of its sources has, in their order.
  public static List<String> invented(String text, String... sources) {
    List<String> own = in(text);
    if (own.isEmpty()) {
      return own;
    }
    Set<String> known = new HashSet<>();
    for (String source : sources) {
      in(source).stream().flatMap(Numerals::parts).forEach(known::add);
      Matcher word = NUMBER_WORD.matcher(source);
      while (word.find()) {
        known.add(NUMBER_WORDS.getOrDefault(word.group().toLowerCase(Locale.ROOT), ""));
      }
    }
    return own.stream().filter(numeral -> !parts(numeral).allMatch(known::contains)).toList();
  }

  /// The numerals of a text, in their order.
  public static List<String> in(String text) {
    List<String> numerals = new ArrayList<>();
    if (text.chars().noneMatch(Character::isDigit)) {
      return numerals;
    }
    Matcher numeral = NUMERAL.matcher(ITEM.matcher(text).replaceAll(""));
    while (numeral.find()) {
      numerals.add(numeral.group());
    }
    return numerals;
  }

  /// `1,200` is one number however it is written; `3:45` and `7-8` are two.
  private static Stream<String> parts(String numeral) {
    return Stream.of(numeral.replace(",", "").split("[^\\p{Nd}.]+"))
        .filter(part -> !part.isEmpty());
  }
}
