package dev.alicorn.engine.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.protocol.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The reader of instruct replies: a model's text as 6 to 8 pairs, or why it is none.
///
/// The text should be one JSON object, `{"id":"","QA Pairs":[{"Question":"","Options":{"A":"",…},
/// "Answer":""}]}`. What is not so is mended as far as it can be without a guess at meaning: the
/// JSON is looked for behind every bracket, read tolerantly, and of its pairs those that are unfit
/// or asked twice are dropped while enough remain.
final class SampleReading {
  static final int PAIRS_MIN = 6;
  static final int PAIRS_MAX = 8;

  private static final int CHARS_MAX = 1 << 17;

  /// Brackets that stand in prose, or before a broken place, are passed over; so many at most.
  private static final int STARTS_MAX = 16;

  private static final List<String> PAIRS = List.of("qapairs", "pairs", "questions");

  private SampleReading() {}

  static Reading<List<Pair>> read(String text, Task task) {
    if (text.length() > CHARS_MAX) {
      return tooLong(text.length() + " characters");
    }
    Optional<JsonNode> strict = TolerantJson.strict(text);
    List<JsonNode> nodes = new ArrayList<>();
    boolean isJson = strict.isPresent();
    if (isJson) {
      collect(strict.get(), nodes);
    } else {
      isJson = search(SmartQuotes.straighten(Markers.stripEdges(text)), nodes);
    }
    if (!nodes.isEmpty()) {
      return pairs(nodes, task, strict.filter(SampleReading::isAsAsked).isEmpty());
    }
    if (isJson) {
      return new Reading.Unfit<>(
          Rejection.WRONG_SHAPE,
          "JSON without pairs",
          "Your JSON had no pairs. Answer with one object whose key \"QA Pairs\" holds a list of"
              + " objects, each with a Question and an Answer.");
    }
    if (Refusals.opens(Paragraph.of(text))) {
      return new Reading.Unfit<>(
          Rejection.REFUSAL,
          Excerpt.of(text),
          "Your answer was not what was asked for. Write questions and answers about the visible"
              + " scene, as JSON.");
    }
    return new Reading.Unfit<>(
        Rejection.NOT_JSON,
        Excerpt.of(text),
        "Your answer was not valid JSON. Answer with the JSON object alone, with nothing before or"
            + " after it.");
  }

  private static Reading<List<Pair>> pairs(List<JsonNode> nodes, Task task, boolean repaired) {
    List<Pair> fit = new ArrayList<>();
    boolean mended = repaired;
    Optional<Reading.Unfit<Pair>> firstUnfit = Optional.empty();
    int unfits = 0;
    for (JsonNode node : nodes) {
      switch (PairReading.read(node, task)) {
        case Reading.Fit<Pair>(Pair pair, boolean wasRepaired) -> {
          mended |= wasRepaired;
          fit.add(pair);
        }
        case Reading.Unfit<Pair> unfit -> {
          unfits++;
          firstUnfit = firstUnfit.or(() -> Optional.of(unfit));
        }
      }
    }
    List<Pair> pairs = withoutRepeats(fit);
    if (pairs.size() < PAIRS_MIN) {
      int good = pairs.size();
      return good + unfits >= PAIRS_MIN && firstUnfit.isPresent()
          ? unfit(firstUnfit.get())
          : new Reading.Unfit<>(
              Rejection.WRONG_PAIR_COUNT,
              good + " usable pairs",
              "Your answer had " + good + " usable pairs. Write 6 to 8, all different.");
    }
    int tokens = Words.tokens(words(pairs));
    return tokens > Words.TOKENS_MAX
        ? tooLong("about " + tokens + " tokens")
        : new Reading.Fit<>(pairs, mended || pairs.size() != nodes.size());
  }

  /// The pairs without those whose question was asked before, as long as enough remain: a weak
  /// model asks one thing all over, which is for filters of quality to judge.
  private static List<Pair> withoutRepeats(List<Pair> pairs) {
    int spare = Math.max(0, pairs.size() - PAIRS_MIN);
    Set<String> asked = new HashSet<>();
    List<Pair> kept = new ArrayList<>();
    for (Pair pair : pairs) {
      if (!asked.add(pair.question()) && spare > 0) {
        spare--;
      } else if (kept.size() < PAIRS_MAX) {
        kept.add(pair);
      }
    }
    return kept;
  }

  private static Reading<List<Pair>> unfit(Reading.Unfit<Pair> pair) {
    return new Reading.Unfit<>(pair.reason(), pair.detail(), pair.complaint());
  }

  private static Reading<List<Pair>> tooLong(String length) {
    return new Reading.Unfit<>(
        Rejection.TOO_LONG,
        length + ", " + Words.TOKENS_MAX + " tokens are kept",
        "Your answer was far too long. Write 6 to 8 short pairs.");
  }

  /// The words of the whole conversation: an image tag, and a letter before each option.
  private static int words(List<Pair> pairs) {
    int words = 1;
    for (Pair pair : pairs) {
      words += Words.count(pair.question()) + Words.count(pair.answer());
      for (String option : pair.options()) {
        words += 1 + Words.count(option);
      }
    }
    return words;
  }

  private static boolean isAsAsked(JsonNode root) {
    return root.isObject() && root.path("QA Pairs").isArray();
  }

  /// Finds the first bracket behind which pairs stand.
  ///
  /// @return whether there was any JSON at all
  private static boolean search(String text, List<JsonNode> nodes) {
    boolean isJson = false;
    int starts = 0;
    for (int i = 0; i < text.length() && starts < STARTS_MAX && nodes.isEmpty(); i++) {
      if (text.charAt(i) == '{' || text.charAt(i) == '[') {
        starts++;
        JsonNode values = TolerantJson.values(text.substring(i));
        for (JsonNode value : values) {
          isJson |= !value.isEmpty();
        }
        collect(values, nodes);
      }
    }
    return isJson;
  }

  private static void collect(JsonNode node, List<JsonNode> nodes) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, nodes));
    } else if (PairReading.isPair(node)) {
      nodes.add(node);
    } else {
      collectBelow(PairReading.field(node, PAIRS), nodes);
    }
  }

  private static void collectBelow(JsonNode pairs, List<JsonNode> nodes) {
    if (pairs.isContainerNode()) {
      collect(pairs, nodes);
    }
  }
}
