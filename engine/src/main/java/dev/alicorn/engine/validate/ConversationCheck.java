package dev.alicorn.engine.validate;

import dev.alicorn.engine.dataset.read.Spoken;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules of one conversation, as the published trainers assume them.
///
/// Lengths: trainers cut a sample at 2,048 tokens, of which the image takes 576; text is counted at
/// 1.3 tokens a word.
final class ConversationCheck {

  /// Takes what is wrong with the conversation at hand.
  @FunctionalInterface
  interface Report {
    void add(Check check, String message);
  }

  private static final String IMAGE = "<image>";
  private static final List<String> RESERVED = List.of(" ASSISTANT: ", "<|end_of_text|>");
  private static final int TEXT_TOKENS_MAX = 1472;
  private static final double TOKENS_PER_WORD = 1.3;
  private static final Pattern OPTION = Pattern.compile("(?m)^([A-Z]): ");

  private final List<Spoken> turns;
  private final boolean pretrain;
  private final Report report;

  private ConversationCheck(List<Spoken> turns, boolean pretrain, Report report) {
    this.turns = turns;
    this.pretrain = pretrain;
    this.report = report;
  }

  /// Checks a conversation of at least one turn.
  static void check(List<Spoken> turns, boolean pretrain, Report report) {
    ConversationCheck check = new ConversationCheck(turns, pretrain, report);
    check.values();
    check.length();
    if (check.roles()) {
      check.image();
      if (!pretrain) {
        check.letters();
      }
    }
  }

  private boolean roles() {
    for (int i = 0; i < turns.size(); i++) {
      String from = turns.get(i).from();
      if (!from.equals("human") && !from.equals("gpt")) {
        report.add(
            Check.UNKNOWN_ROLE,
            "turn " + (i + 1) + " is from \"" + from + "\"; trainers know human and gpt only");
        return false;
      }
    }
    if (pretrain && turns.size() != 2) {
      report.add(
          Check.NOT_TWO_TURNS,
          "a pretrain conversation has two turns, a request and the caption, not " + turns.size());
    } else if (!turns.getFirst().human()) {
      report.add(Check.FIRST_TURN_NOT_HUMAN, "the first turn is gpt's; let a human turn begin");
    } else if (!alternate()) {
      report.add(
          Check.TURNS_NOT_ALTERNATING,
          "two turns in a row are from one side; let human and gpt take turns");
    } else if (turns.getLast().human()) {
      report.add(Check.LAST_TURN_HUMAN, "the last turn has no answer; drop it or add gpt's");
    }
    return true;
  }

  private boolean alternate() {
    for (int i = 1; i < turns.size(); i++) {
      if (turns.get(i).human() == turns.get(i - 1).human()) {
        return false;
      }
    }
    return true;
  }

  private void image() {
    int inFirst = 0;
    int inOther = 0;
    boolean first = true;
    for (int i = 0; i < turns.size(); i++) {
      Spoken turn = turns.get(i);
      int images = images(turn.value());
      if (!turn.human()) {
        if (images > 0) {
          report.add(
              Check.IMAGE_IN_ANSWER,
              "the answer in turn " + (i + 1) + " contains <image>; drop the row or the word");
        }
      } else if (first) {
        inFirst = images;
        first = false;
      } else {
        inOther += images;
      }
    }
    if (inFirst + inOther == 0) {
      report.add(Check.IMAGE_MISSING, "no human turn has <image>; put it into the first one, once");
    } else if (inFirst + inOther > 1) {
      report.add(
          Check.IMAGE_TWICE,
          "<image> stands " + (inFirst + inOther) + " times; keep the one in the first turn");
    } else if (inFirst == 0) {
      report.add(
          Check.IMAGE_MISPLACED, "<image> is in a later turn; move it into the first human turn");
    }
  }

  private static int images(String value) {
    int count = 0;
    for (int at = value.indexOf(IMAGE); at >= 0; at = value.indexOf(IMAGE, at + 1)) {
      count++;
    }
    return count;
  }

  private void values() {
    for (int i = 0; i < turns.size(); i++) {
      String value = turns.get(i).value();
      String where = "turn " + (i + 1);
      if (value.isBlank() || (!pretrain && value.replace(IMAGE, "").isBlank())) {
        report.add(Check.EMPTY_VALUE, where + " says nothing; drop the row");
      }
      for (String reserved : RESERVED) {
        if (value.contains(reserved)) {
          report.add(
              Check.RESERVED_TEXT,
              where
                  + " contains \""
                  + reserved
                  + "\", which trainers cut conversations at; drop the row");
        }
      }
      if (hasLoneSurrogate(value)) {
        report.add(
            Check.LONE_SURROGATE,
            where + " has half a character (a lone surrogate); replace it by U+FFFD");
      }
    }
  }

  private static boolean hasLoneSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        if (i + 1 == value.length()
            || !Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private void length() {
    long words = turns.stream().mapToLong(turn -> words(turn.value())).sum();
    long tokens = Math.round(words * TOKENS_PER_WORD);
    if (tokens > TEXT_TOKENS_MAX) {
      report.add(
          Check.TOO_LONG,
          "about "
              + tokens
              + " text tokens, and trainers cut what is beyond "
              + TEXT_TOKENS_MAX
              + "; keep fewer pairs");
    }
  }

  private static long words(String value) {
    long words = 0;
    boolean within = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean space = c == ' ' || (c >= '\t' && c <= '\r');
      words += space || within ? 0 : 1;
      within = !space;
    }
    return words;
  }

  private void letters() {
    for (int i = 0; i + 1 < turns.size(); i++) {
      if (!turns.get(i).human() || turns.get(i + 1).human()) {
        continue;
      }
      StringBuilder options = new StringBuilder();
      Matcher option = OPTION.matcher(turns.get(i).value());
      while (option.find()) {
        options.append(option.group(1));
      }
      String answer = turns.get(i + 1).value();
      if (options.length() < 2 || options.indexOf("A") != 0) {
        continue;
      }
      if (!options.toString().equals("ABCD")) {
        report.add(
            Check.NOT_FOUR_OPTIONS,
            "turn "
                + (i + 1)
                + " has the options "
                + options
                + "; a multiple choice has a line for each of A, B, C and D");
      }
      if (!answer.isBlank() && (answer.length() != 1 || options.indexOf(answer) < 0)) {
        report.add(
            Check.ANSWER_NOT_A_LETTER,
            "the answer in turn "
                + (i + 2)
                + " is not one of the letters "
                + options
                + "; answer by the letter alone");
      }
    }
  }
}
