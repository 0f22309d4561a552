package dev.alicorn.protocol;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A kind of instruction conversation: what is asked about a caption, and how a reply becomes a
/// conversation.
///
/// @param count samples wanted
/// @param prompt the template; `{{caption}}` stands for the caption
/// @param schema the JSON Schema that a reply is bound to, where an endpoint can
public record InstructTask(TaskName name, long count, String prompt, String schema, Reply reply) {
  private static final int PAIRS_MAX = 64;

  public InstructTask {
    String key = "instruct.tasks." + name;
    if (count < 0) {
      throw new IllegalArgumentException(key + ".count: a count is not negative, " + count + " is");
    }
    new Template(prompt).require(key + ".prompt", List.of("caption"));
    reply.require(key + ".reply");
  }

  /// How a reply is read: a JSON object that holds an array of pairs, each a question and its
  /// answer, and becomes a human turn and a model turn a pair.
  ///
  /// @param pairs key of the array
  /// @param question key of a pair's question
  /// @param options key of a pair's four options, of which the answer is one; empty where answers
  ///   are free text
  /// @param answer key of a pair's answer
  /// @param human the template of the human turn: `{{question}}`, and `{{options}}` where there are
  ///   any, a line each
  /// @param model the template of the model turn: `{{answer}}`
  /// @param pairsMin the fewest pairs that make a sample
  /// @param pairsMax the most that are kept
  public record Reply(
      String pairs,
      String question,
      Optional<String> options,
      String answer,
      String human,
      String model,
      int pairsMin,
      int pairsMax) {

    private void require(String key) {
      List<String> names = Stream.concat(Stream.of(question, answer), options.stream()).toList();
      if (pairs.isBlank() || names.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException(key + ": the key of a reply's value is not blank");
      }
      if (names.stream().map(Reply::letters).distinct().count() < names.size()) {
        throw new IllegalArgumentException(
            key + ": the keys " + names + " must differ in more than case, digits and signs");
      }
      new Template(human)
          .require(
              key + ".human",
              options.isPresent() ? List.of("question", "options") : List.of("question"));
      new Template(model).require(key + ".model", List.of("answer"));
      if ((human + model).contains("<image>")) {
        throw new IllegalArgumentException(
            key + ": leave <image> out, the first human turn begins with it by itself");
      }
      if (pairsMin < 1 || pairsMin > pairsMax || pairsMax > PAIRS_MAX) {
        throw new IllegalArgumentException(
            "%s: 1 <= pairs_min <= pairs_max <= %s, not %s and %s"
                .formatted(key, PAIRS_MAX, pairsMin, pairsMax));
      }
    }

    /// What models keep of a key when they spell it their own way: its letters, in lower case; a
    /// key that has none is kept as it is.
    public static String letters(String key) {
      StringBuilder letters = new StringBuilder(key.length());
      for (int i = 0; i < key.length(); i++) {
        char c = key.charAt(i);
        if (Character.isLetter(c)) {
          letters.append(Character.toLowerCase(c));
        }
      }
      return letters.isEmpty() ? key : letters.toString();
    }
  }
}
