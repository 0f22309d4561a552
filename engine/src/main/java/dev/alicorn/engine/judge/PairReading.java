package dev.alicorn.engine.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.InstructTask;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The reader of one pair of an instruct reply: a question, perhaps its options, and the answer.
final class PairReading {
  private static final String OPTIONS = "Options";

  /// What models call a thing that they were asked for by the first name.
  private static final List<List<String>> SYNONYMS =
      List.of(
          List.of("question", "q"),
          List.of("options", "choices"),
          List.of("answer", "correctanswer", "a"));

  private final InstructTask.Reply reply;
  private final List<String> question;
  private final List<String> options;
  private final List<String> answer;

  PairReading(InstructTask.Reply reply) {
    this.reply = reply;
    this.question = names(reply.question());
    this.options = names(reply.options().orElse(OPTIONS));
    this.answer = names(reply.answer());
  }

  /// A key and its synonyms, by their letters.
  private static List<String> names(String key) {
    String letters = InstructTask.Reply.letters(key);
    return SYNONYMS.stream()
        .filter(names -> names.getFirst().equals(letters))
        .findFirst()
        .orElse(List.of(letters));
  }

  /// Whether an object asks something, under whatever spelling of the key.
  boolean isPair(JsonNode node) {
    return !field(node, question).isMissingNode();
  }

  Reading<Pair> read(JsonNode node) {
    String asked = Paragraph.of(text(field(node, question)));
    JsonNode choices = field(node, options);
    String said = Paragraph.lines(text(field(node, answer)));
    if (reply.options().isPresent()) {
      return multipleChoice(node, asked, choices, said);
    }
    return hasText(choices)
        ? new Reading.Unfit<>(
            Rejection.WRONG_SHAPE,
            "options outside multiple choice",
            "Give no options: each pair is a %s and a %s in full words."
                .formatted(reply.question(), reply.answer()))
        : checked(node, asked, List.of(), said, said);
  }

  private Reading<Pair> multipleChoice(
      JsonNode node, String question, JsonNode options, String answer) {
    Optional<List<String>> choices = Choices.read(options);
    if (choices.isEmpty()) {
      return new Reading.Unfit<>(
          Rejection.WRONG_SHAPE,
          "not 4 options",
          "Each %s needs exactly four %s, under the keys A, B, C and D."
              .formatted(reply.question(), reply.options().orElse(OPTIONS)));
    }
    return checked(
        node, question, choices.get(), answer, Choices.right(answer, choices.get()).orElse(""));
  }

  /// @param said the answer as it stands in the reply
  /// @param answer what it means; empty if it means none of the options
  private Reading<Pair> checked(
      JsonNode node, String question, List<String> options, String said, String answer) {
    if (Stream.concat(Stream.of(question, said), options.stream()).anyMatch(String::isEmpty)) {
      return new Reading.Unfit<>(
          Rejection.EMPTY_VALUE,
          "an empty question, option or answer",
          "No %s, option or %s may be empty.".formatted(reply.question(), reply.answer()));
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
          "Each %s must be the letter A, B, C or D of the one right option, and no two options may be the same."
              .formatted(reply.answer()));
    }
    Pair pair = new Pair(question, options, answer);
    return new Reading.Fit<>(pair, !isAsAsked(node, pair));
  }

  /// Whether the reply spells the pair just as it was asked to.
  private boolean isAsAsked(JsonNode node, Pair pair) {
    boolean letters = pair.options().isEmpty();
    if (!letters) {
      JsonNode options = node.path(reply.options().orElse(OPTIONS));
      letters = options.isObject();
      for (int i = 0; letters && i < Pair.LETTERS.length(); i++) {
        letters = options.path(Pair.LETTERS.substring(i, i + 1)).isTextual();
      }
    }
    return letters
        && node.path(reply.question()).isTextual()
        && pair.answer().equals(Paragraph.lines(node.path(reply.answer()).asText("")));
  }

  /// A field under any of the names, spelled in any case and with any punctuation.
  static JsonNode field(JsonNode node, List<String> names) {
    for (String name : names) {
      for (var entry : node.properties()) {
        if (InstructTask.Reply.letters(entry.getKey()).equals(name)) {
          return entry.getValue();
        }
      }
    }
    return MissingNode.getInstance();
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
