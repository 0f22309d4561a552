package dev.alicorn.engine.report;

import dev.alicorn.engine.quality.Leakage;
import dev.alicorn.engine.quality.VerbatimCopy;
import dev.alicorn.engine.quality.YesNo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is found in one question and its answer.
///
/// @param options empty where it is no multiple choice
/// @param leak the words that betray a text; empty if none do
/// @param yesNo how an answer without options begins
/// @param copiedWords the longest run that an answer without options has from the caption
record PairLook(
    String question,
    List<String> options,
    String answer,
    Optional<String> leak,
    YesNo yesNo,
    int copiedWords) {
  private static final String IMAGE = "<image>";
  private static final Pattern OPTION = Pattern.compile("\\s*([A-Z])[:.)]\\s*(.*)");
  private static final int LETTERS = 4;

  /// @param human what is asked, options a line each behind it, `A: …` first
  static PairLook of(String human, String answer, Optional<String> caption) {
    List<String> lines = new ArrayList<>(human.replace(IMAGE, "").strip().lines().toList());
    List<String> options = options(lines);
    boolean choice = !options.isEmpty();
    return new PairLook(
        String.join("\n", lines.subList(0, lines.size() - options.size())),
        options,
        answer,
        Leakage.find(human).or(() -> Leakage.find(answer)),
        choice ? YesNo.NEITHER : YesNo.of(answer),
        choice ? 0 : caption.map(text -> VerbatimCopy.runWords(answer, text)).orElse(0));
  }

  /// The last lines, as far as their letters are A, B, … in this order.
  private static List<String> options(List<String> lines) {
    for (int first = Math.max(0, lines.size() - 'Z' + 'A' - 1); first < lines.size(); first++) {
      List<String> options = new ArrayList<>();
      for (String line : lines.subList(first, lines.size())) {
        Matcher option = OPTION.matcher(line);
        if (!option.matches() || option.group(1).charAt(0) != 'A' + options.size()) {
          break;
        }
        options.add(option.group(2));
      }
      if (options.size() == lines.size() - first && options.size() > 1) {
        return options;
      }
    }
    return List.of();
  }

  boolean isChoice() {
    return !options.isEmpty();
  }

  /// Index of the right option; -1 where the answer is no letter of one.
  int right() {
    String letter = answer.strip();
    if (letter.isEmpty()) {
      return -1;
    }
    int index = letter.charAt(0) - 'A';
    boolean alone = letter.length() == 1 || ":.)".indexOf(letter.charAt(1)) >= 0;
    return alone && index >= 0 && index < options.size() ? index : -1;
  }

  boolean hasFourDistinctOptions() {
    Set<String> different = new HashSet<>();
    for (String option : options) {
      different.add(option.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT));
    }
    return options.size() == LETTERS && different.size() == LETTERS;
  }

  /// Index of the longest option; -1 where several are the longest.
  int longest() {
    int chars = options.stream().mapToInt(String::length).max().orElse(0);
    long longest = options.stream().filter(option -> option.length() == chars).count();
    return longest != 1
        ? -1
        : options.indexOf(
            options.stream().max(Comparator.comparingInt(String::length)).orElseThrow());
  }
}
