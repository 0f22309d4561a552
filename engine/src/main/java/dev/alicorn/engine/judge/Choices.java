package dev.alicorn.engine.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.InstructTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The four options of a multiple-choice question and its answer, in the ways models write them: as
/// an object by letter, as a list, or as one string; the answer as a letter, as an option's text,
/// or as both.
final class Choices {
  private static final Pattern LABEL = Pattern.compile("\\(?([A-Da-d])\\s?[).:\\]-]\\s*");
  private static final Pattern LABEL_WITHIN =
      Pattern.compile("(?:\\A|(?<=[\\s,;|/]))\\(?([A-D])[).:\\]]\\s*");
  private static final Pattern LETTER = Pattern.compile("\\(?([A-Da-d])[).:\\]]?");
  private static final Pattern ANSWER_PREFIX =
      Pattern.compile(
          "\\A(?:the )?(?:correct |right )?(?:answer|option|choice)(?: is)?\\s*:?\\s+",
          Pattern.CASE_INSENSITIVE);

  /// What may stand around an option without being part of it.
  private static final String EDGE = " \n\r\t\"'“”‘’.,;|";

  private Choices() {}

  /// The options A to D in that order, some perhaps empty; nothing if they are not four.
  static Optional<List<String>> read(JsonNode options) {
    List<String> texts =
        options.isObject()
            ? byLetter(options)
            : options.isArray() ? inOrder(options) : split(PairReading.text(options));
    return texts.size() == Pair.LETTERS.length()
        ? Optional.of(unlabelled(texts))
        : Optional.empty();
  }

  private static List<String> byLetter(JsonNode options) {
    String[] texts = new String[Pair.LETTERS.length()];
    for (var entry : options.properties()) {
      String key = InstructTask.Reply.letters(entry.getKey());
      String letter = key.startsWith("option") ? key.substring("option".length()) : key;
      int place = letter.length() == 1 ? Pair.LETTERS.indexOf(letter.toUpperCase(Locale.ROOT)) : -1;
      if (place < 0 || texts[place] != null) {
        return List.of();
      }
      texts[place] = Paragraph.of(PairReading.text(entry.getValue()));
    }
    return options.size() == texts.length ? List.of(texts) : List.of();
  }

  private static List<String> inOrder(JsonNode options) {
    List<String> texts = new ArrayList<>();
    for (JsonNode option : options) {
      texts.add(Paragraph.of(PairReading.text(option)));
    }
    return texts;
  }

  /// The pieces of `A) one B) two C) three D) four`.
  static List<String> split(String options) {
    List<String> texts = new ArrayList<>();
    Matcher label = LABEL_WITHIN.matcher(options);
    int start = -1;
    int letters = 0;
    while (letters < Pair.LETTERS.length() && label.find()) {
      if (label.group(1).charAt(0) == Pair.LETTERS.charAt(letters)) {
        if (letters > 0) {
          texts.add(Paragraph.of(trimmed(options.substring(start, label.start()))));
        }
        start = label.end();
        letters++;
      }
    }
    if (letters > 0) {
      texts.add(Paragraph.of(trimmed(options.substring(start))));
    }
    return texts;
  }

  private static String trimmed(String piece) {
    int start = 0;
    int end = piece.length();
    while (start < end && EDGE.indexOf(piece.charAt(start)) >= 0) {
      start++;
    }
    while (start < end && EDGE.indexOf(piece.charAt(end - 1)) >= 0) {
      end--;
    }
    return piece.substring(start, end);
  }

  /// The options without `A) `, `B. ` and so on, where each has its own letter before it.
  static List<String> unlabelled(List<String> options) {
    List<String> bare = new ArrayList<>();
    for (int place = 0; place < options.size(); place++) {
      Matcher label = LABEL.matcher(options.get(place));
      if (!label.lookingAt() || !label.group(1).equalsIgnoreCase(letter(place))) {
        return options;
      }
      bare.add(options.get(place).substring(label.end()));
    }
    return bare;
  }

  /// The letter of the one right option, if there is exactly one.
  static Optional<String> right(String answer, List<String> options) {
    int place = place(answer, options);
    if (place < 0) {
      return Optional.empty();
    }
    String right = comparable(options.get(place));
    long alike = options.stream().filter(option -> comparable(option).equals(right)).count();
    return alike == 1 ? Optional.of(letter(place)) : Optional.empty();
  }

  private static int place(String answer, List<String> options) {
    String bare = ANSWER_PREFIX.matcher(answer).replaceFirst("").strip();
    Matcher letter = LETTER.matcher(bare);
    if (letter.matches()) {
      return placeOf(letter);
    }
    int byText = placeOfText(bare, options);
    if (byText >= 0) {
      return byText;
    }
    Matcher label = LABEL.matcher(bare);
    if (!label.lookingAt()) {
      return -1;
    }
    String rest = bare.substring(label.end());
    int restPlace = placeOfText(rest, options);
    boolean contradicts = restPlace >= 0 && restPlace != placeOf(label);
    return contradicts || LABEL_WITHIN.matcher(rest).find() ? -1 : placeOf(label);
  }

  private static int placeOfText(String text, List<String> options) {
    String wanted = comparable(text);
    for (int place = 0; place < options.size(); place++) {
      if (comparable(options.get(place)).equals(wanted)) {
        return place;
      }
    }
    return -1;
  }

  private static int placeOf(Matcher letter) {
    return Pair.LETTERS.indexOf(letter.group(1).toUpperCase(Locale.ROOT));
  }

  private static String letter(int place) {
    return Pair.LETTERS.substring(place, place + 1);
  }

  private static String comparable(String text) {
    return trimmed(text).toLowerCase(Locale.ROOT);
  }
}
