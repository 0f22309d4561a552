package dev.alicorn.engine.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.alicorn.protocol.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The reader of one question and answer pair of an instruct reply.
final class PairReading {
  private static final List<String> QUESTION = List.of("question", "q");
  private static final List<String> OPTIONS = List.of("options", "choices");
  private static final List<String> ANSWER = List.of("answer", "correctanswer", "a");

  private PairReading() {}

  /// Whether an object asks something, under whatever spelling of the key.
  static boolean isPair(JsonNode node) {
    return !field(node, QUESTION).isMissingNode();
  }

  static Reading<Pair> read(JsonNode node, Task task) {
    String question = Paragraph.of(text(field(node, QUESTION)));
    JsonNode options = field(node, OPTIONS);
    String answer = Paragraph.lines(text(field(node, ANSWER)));
    return switch (task) {
      case MULTIPLE_CHOICE -> multipleChoice(node, question, options, answer);
      case QUESTION_ANSWERING, COMPLEX_REASONING ->
          hasText(options)
              ? new Reading.Unfit<>(
                  Rejection.WRONG_SHAPE,
                  "options outside multiple choice",
                  "Give no options: each pair is a Question and an Answer in full words.")
              : checked(node, question, List.of(), answer, answer);
    };
  }

  private static Reading<Pair> multipleChoice(
      JsonNode node, String question, JsonNode options, String answer) {
    Optional<List<String>> choices = Choices.read(options);
    if (choices.isEmpty()) {
      return new Reading.Unfit<>(
          Rejection.WRONG_SHAPE,
          "not 4 options",
          "Each question needs exactly four Options, under the keys A, B, C and D.");
    }
    return checked(
        node, question, choices.get(), answer, Choices.right(answer, choices.get()).orElse(""));
  }

  /// @param said the answer as it stands in the reply
  /// @param answer what it means; empty if it means none of the options
  private static Reading<Pair> checked(
      JsonNode node, String question, List<String> options, String said, String answer) {
    if (Stream.concat(Stream.of(question, said), options.stream()).anyMatch(String::isEmpty)) {
      return new Reading.Unfit<>(
          Rejection.EMPTY_VALUE,
          "an empty question, option or answer",
          "No Question, option or Answer may be empty.");
    }
    if (Stream.concat(Stream.of(question, said), options.stream()).anyMatch(Markers::within)) {
      return new Reading.Unfit<>(
          Rejection.FORBIDDEN_TEXT,
          Excerpt.of(question),
          "Write plain text, without markup of a chat and without image tags.");
    }
    if (answer.isEmpty()) {
      return new Reading.Unfit<>(
          Rejection.NO_RIGHT_OPTION,
          "the answer is " + Excerpt.quoted(said),
          "Each Answer must be the letter A, B, C or D of the one right option, and no two options"
              + " may be the same.");
    }
    Pair pair = new Pair(question, options, answer);
    return new Reading.Fit<>(pair, !isAsAsked(node, pair));
  }

  /// Whether the reply spells the pair just as it was asked to.
  private static boolean isAsAsked(JsonNode node, Pair pair) {
    boolean letters = pair.options().isEmpty();
    if (!letters) {
      JsonNode options = node.path("Options");
      letters = options.isObject();
      for (int i = 0; letters && i < Choices.LETTERS.length(); i++) {
        letters = options.path(Choices.LETTERS.substring(i, i + 1)).isTextual();
      }
    }
    return letters
        && node.path("Question").isTextual()
        && pair.answer().equals(Paragraph.lines(node.path("Answer").asText("")));
  }

  /// A field under any of the names, spelled in any case and with any punctuation.
  static JsonNode field(JsonNode node, List<String> names) {
    for (String name : names) {
      for (var entry : node.properties()) {
        if (key(entry.getKey()).equals(name)) {
          return entry.getValue();
        }
      }
    }
    return MissingNode.getInstance();
  }

  /// A key's letters in lower case: `QA Pairs` and `qa_pairs` are one.
  static String key(String name) {
    StringBuilder letters = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'a' && c <= 'z') {
        letters.append(c);
      } else if (c >= 'A' && c <= 'Z') {
        letters.append((char) (c - 'A' + 'a'));
      }
    }
    return letters.toString();
  }

  /// The text of a scalar, or of a list that holds one; empty for anything else.
  static String text(JsonNode node) {
    if (node.isArray() && node.size() == 1 && node.path(0).isValueNode()) {
      return node.path(0).asText("");
    }
    return node.isValueNode() ? node.asText("") : "";
  }

  private static boolean hasText(JsonNode options) {
    if (!options.isContainerNode()) {
      return !text(options).isBlank();
    }
    for (JsonNode option : options) {
      if (!text(option).isBlank()) {
        return true;
      }
    }
    return false;
  }
}
