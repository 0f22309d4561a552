package dev.alicorn.engine.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alicorn.engine.filter.Fault;
import dev.alicorn.engine.filter.Sieve;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The reader of a task's replies: a model's text as pairs, or why it is none.
///
/// The text should be one JSON object with the keys that the task names, such as `{"id":"","QA
/// Pairs":[{"Question":"","Options":{"A":"",…},"Answer":""}]}`. What is not so is mended as far as
/// it can be without a guess at meaning: the JSON is looked for behind every bracket, read
/// tolerantly, and of its pairs those that are unfit or asked twice are dropped while enough
/// remain. Where nothing is to be mended, such a text is as unfit as any other.
final class SampleReading {
  private static final int CHARS_MAX = 1 << 17;

  /// Brackets that stand in prose, or before a broken place, are passed over; so many at most.
  private static final int STARTS_MAX = 16;

  /// What models call the list of pairs, besides what they were asked to.
  private static final List<String> SYNONYMS = List.of("qapairs", "pairs", "questions");

  private final InstructTask.Reply reply;
  private final JobSpec.Repair repair;
  private final Sieve sieve;
  private final PairReading pairs;
  private final List<String> pairsNames;

  SampleReading(InstructTask.Reply reply, JobSpec.Repair repair, Sieve sieve) {
    this.reply = reply;
    this.sieve = sieve;
    this.repair = repair;
    this.pairs = new PairReading(reply);
    this.pairsNames =
        Stream.concat(Stream.of(InstructTask.Reply.letters(reply.pairs())), SYNONYMS.stream())
            .toList();
  }

  /// @param caption that the pairs are about
  Reading<List<Pair>> read(String text, String caption) {
    Reading<List<Pair>> mended = mended(text, caption);
    return switch (repair) {
      case LOCAL -> mended;
      case NONE ->
          mended instanceof Reading.Fit<List<Pair>>(List<Pair> _, boolean repaired) && repaired
              ? new Reading.Unfit<>(
                  Rejection.NOT_AS_ASKED,
                  Excerpt.of(text),
                  "Your answer was not exactly of the form that was asked for. Answer with the JSON"
                      + " object alone, in that form.")
              : mended;
    };
  }

  private Reading<List<Pair>> mended(String text, String caption) {
    if (text.length() > CHARS_MAX) {
      return tooLong(text.length() + " characters");
    }
    Optional<JsonNode> strict = TolerantJson.strict(text);
    List<JsonNode> nodes = new ArrayList<>();
    boolean isJson = strict.isPresent();
    if (isJson) {
      collect(strict.get(), nodes);
    } else {
      isJson = searchMended(SmartQuotes.straighten(Markers.stripEdges(text)), nodes);
    }
    if (!nodes.isEmpty()) {
      return read(nodes, caption, strict.filter(this::isAsAsked).isEmpty());
    }
    if (isJson) {
      return new Reading.Unfit<>(
          Rejection.WRONG_SHAPE,
          "JSON without pairs",
          "Your JSON had no pairs. Answer with one object whose key \"%s\" holds a list of objects, each with a %s and a %s."
              .formatted(reply.pairs(), reply.question(), reply.answer()));
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

  private Reading<List<Pair>> read(List<JsonNode> nodes, String caption, boolean repaired) {
    List<Pair> fit = new ArrayList<>();
    boolean mended = repaired;
    Optional<Reading.Unfit<Pair>> firstUnfit = Optional.empty();
    int unfits = 0;
    for (JsonNode node : nodes) {
      switch (pairs.read(node)) {
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
    Sieve.Sifted sifted = sieve.pairs(caption, fit);
    List<Pair> kept = withoutRepeats(sifted.kept());
    int good = kept.size();
    if (good < reply.pairsMin()) {
      if (good + sifted.faults().size() >= reply.pairsMin()) {
        return Reading.Unfit.of(sifted.faults().getFirst());
      }
      return good + unfits >= reply.pairsMin() && firstUnfit.isPresent()
          ? unfit(firstUnfit.get())
          : new Reading.Unfit<>(
              Rejection.WRONG_PAIR_COUNT,
              good + " usable pairs",
              "Your answer had %s usable pairs. Write %s, all different."
                  .formatted(good, howMany()));
    }
    Optional<Fault> fault = sieve.sample(kept);
    if (fault.isPresent()) {
      return Reading.Unfit.of(fault.get());
    }
    int tokens = Words.tokens(words(kept));
    return tokens > Words.TOKENS_MAX
        ? tooLong("about " + tokens + " tokens")
        : new Reading.Fit<>(kept, mended || good + sifted.faults().size() != nodes.size());
  }

  /// The pairs without those whose question was asked before, as long as enough remain: a weak
  /// model asks one thing all over, which is for filters of quality to judge.
  private List<Pair> withoutRepeats(List<Pair> read) {
    int spare = Math.max(0, read.size() - reply.pairsMin());
    Set<String> asked = new HashSet<>();
    List<Pair> kept = new ArrayList<>();
    for (Pair pair : read) {
      if (!asked.add(pair.question()) && spare > 0) {
        spare--;
      } else if (kept.size() < reply.pairsMax()) {
        kept.add(pair);
      }
    }
    return kept;
  }

  private static Reading<List<Pair>> unfit(Reading.Unfit<Pair> pair) {
    return new Reading.Unfit<>(pair.reason(), pair.detail(), pair.complaint());
  }

  private Reading<List<Pair>> tooLong(String length) {
    return new Reading.Unfit<>(
        Rejection.TOO_LONG,
        length + ", " + Words.TOKENS_MAX + " tokens are kept",
        "Your answer was far too long. Write " + howMany() + " short pairs.");
  }

  private String howMany() {
    return reply.pairsMin() == reply.pairsMax()
        ? "exactly " + reply.pairsMin()
        : reply.pairsMin() + " to " + reply.pairsMax();
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

  private boolean isAsAsked(JsonNode root) {
    return root.isObject() && root.path(reply.pairs()).isArray();
  }

  /// Finds pairs, and where they are too few looks whether unescaped quotes hide some.
  ///
  /// @return whether there was any JSON at all
  private boolean searchMended(String text, List<JsonNode> nodes) {
    boolean isJson = search(text, nodes);
    if (nodes.size() < reply.pairsMin()) {
      List<JsonNode> more = new ArrayList<>();
      isJson |= search(InnerQuotes.escaped(text), more);
      if (more.size() > nodes.size()) {
        nodes.clear();
        nodes.addAll(more);
      }
    }
    return isJson;
  }

  /// Finds the first bracket behind which pairs stand.
  ///
  /// @return whether there was any JSON at all
  private boolean search(String text, List<JsonNode> nodes) {
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

  private void collect(JsonNode node, List<JsonNode> nodes) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, nodes));
    } else if (pairs.isPair(node)) {
      nodes.add(node);
    } else {
      collectBelow(PairReading.field(node, pairsNames), nodes);
    }
  }

  private void collectBelow(JsonNode below, List<JsonNode> nodes) {
    if (below.isContainerNode()) {
      collect(below, nodes);
    }
  }
}
