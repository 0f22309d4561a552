package dev.alicorn.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.config.ConfigException;
import dev.alicorn.config.JobFile;
import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.scripted.ScriptedEndpoint;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.Filters.Action;
import dev.alicorn.protocol.Filters.OptionOrder;
import dev.alicorn.protocol.Filters.Rule;
import dev.alicorn.protocol.JobSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the filters make of a journal of which it is known which answer has which fault; no call is
/// made for it.
class PlantedFaultsIT {
  private static final int RECORDS = Integer.getInteger("alicorn.planted.records", 2_500);
  private static final double SIMILARITY_MAX = 0.8;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  /// Record numbers that were drawn for multiple choice.
  private final Set<Integer> choices = new HashSet<>();

  private enum Part {
    CAPTIONS("pretrain"),
    SAMPLES("instruct");

    private final String set;

    Part(String set) {
      this.set = set;
    }
  }

  @Test
  void eachFilterFindsItsFaultAndNothingElse() throws Exception {
    writeJournal();
    checkEachFilterAlone();
    checkAllTogether();
    checkTheLetters();
  }

  private void writeJournal() throws Exception {
    ActorTestKit actors = ActorTestKit.create();
    try (ScriptedEndpoint endpoint =
        ScriptedEndpoint.scripted().writtenBy(new PlantedAnswers()).start()) {
      JobEnd.Completed end =
          new TestJob(actors, folder, endpoint)
              .ofSeeds(RECORDS)
              .inFlight(64)
              .withSteps(
                  "instruct { endpoint = scripted, tasks { multiple_choice = %1$d, question_answering = %1$d } }\n"
                          .formatted(RECORDS / 2)
                      + "embed { encoder = none }\ndataset { formats = [jsonl] }\n"
                      + "filters { action = off, option_order = as-replied }")
              .completed();
      assertThat(end.dataset().captions()).isEqualTo(Map.of("exported", (long) RECORDS));
      assertThat(end.dataset().samples()).isEqualTo(Map.of("exported", (long) RECORDS));
    } finally {
      actors.shutdownTestKit();
    }
    for (JsonNode row : rows(folder.resolve("dataset"), Part.SAMPLES)) {
      if (row.at("/conversations/0/value").asText().contains("\nA: ")) {
        choices.add(row.path("id").asInt());
      }
    }
    assertThat(choices).hasSize(RECORDS / 2);
  }

  private void checkEachFilterAlone() throws Exception {
    List<String> table = new ArrayList<>();
    table.add("| filter | in | planted | found | precision | recall |");
    table.add("|---|---|--:|--:|--:|--:|");
    for (Filter filter : Filter.values()) {
      Path dataset =
          replay(
              new Filters(OptionOrder.AS_REPLIED, Map.of(filter, rule(filter, Action.REJECT))),
              filter.key());
      for (Part part : Part.values()) {
        Set<Integer> planted = planted(filter, part);
        Set<Integer> found = lost(dataset, part);
        if (planted.isEmpty()) {
          assertThat(found).as("%s, %s", filter.key(), part).isEmpty();
          continue;
        }
        Set<Integer> right = new HashSet<>(found);
        right.retainAll(planted);
        double precision = (double) right.size() / found.size();
        double recall = (double) right.size() / planted.size();
        String line =
            String.format(
                Locale.ROOT,
                "| `%s` | %s | %d | %d | %.3f | %.3f |",
                filter.key(),
                part.name().toLowerCase(Locale.ROOT),
                planted.size(),
                found.size(),
                precision,
                recall);
        table.add(line);
        assertThat(without(found, planted).size())
            .as("%s wrong: %s", line, without(found, planted))
            .isLessThanOrEqualTo(found.size() * 2 / 100);
        assertThat(without(planted, found).size())
            .as("%s missed: %s", line, without(planted, found))
            .isLessThanOrEqualTo(planted.size() * 5 / 100);
      }
    }
    Files.write(Path.of("target", "planted-faults.md"), table);
  }

  private void checkAllTogether() throws Exception {
    JsonNode before = manifest(replay(all(Action.REPORT), "reported"));
    JsonNode after = manifest(replay(all(Action.REJECT), "rejected"));
    for (Part part : Part.values()) {
      String kind = part.name().toLowerCase(Locale.ROOT);
      assertThat(after.at("/findings/" + kind)).isEmpty();
      long rejected = 0;
      for (Filter filter : Filter.values()) {
        int planted = planted(filter, part).size();
        int reported = before.at("/findings/" + kind).path(filter.key()).asInt();
        assertThat(reported)
            .as("%s of %s", filter.key(), kind)
            .isBetween(planted * 95 / 100, planted + planted * 2 / 100);
        rejected += after.at("/outcomes/" + kind).path("rejected(" + filter.key() + ")").asInt();
      }
      int planted =
          Stream.of(Filter.values()).mapToInt(filter -> planted(filter, part).size()).sum();
      assertThat(rejected).as(kind).isBetween(planted * 95L / 100, planted * 102L / 100);
      assertThat(before.at("/outcomes/" + kind + "/exported").asInt()).isEqualTo(RECORDS);
    }
  }

  private void checkTheLetters() throws Exception {
    assertThat(mostUneven(folder.resolve("dataset"))).isGreaterThan(0.2);
    Path shuffled = replay(new Filters(OptionOrder.SHUFFLED, Map.of()), "shuffled");
    assertThat(mostUneven(shuffled)).isLessThan(0.02);
  }

  /// The largest distance of a letter's share from a quarter, over all multiple-choice answers.
  private double mostUneven(Path dataset) throws IOException {
    Map<String, Long> letters = new HashMap<>();
    for (JsonNode row : rows(dataset, Part.SAMPLES)) {
      for (JsonNode turn : row.path("conversations")) {
        if (choices.contains(row.path("id").asInt()) && turn.path("from").asText().equals("gpt")) {
          letters.merge(turn.path("value").asText(), 1L, Long::sum);
        }
      }
    }
    long all = letters.values().stream().mapToLong(Long::longValue).sum();
    assertThat(all).isEqualTo(choices.size() * 6L);
    return Stream.of("A", "B", "C", "D")
        .mapToDouble(letter -> Math.abs((double) letters.getOrDefault(letter, 0L) / all - 0.25))
        .max()
        .orElseThrow();
  }

  private Set<Integer> planted(Filter filter, Part part) {
    return IntStream.rangeClosed(1, RECORDS)
        .filter(number -> {
          Optional<Filter> fault =
              switch (part) {
                case CAPTIONS -> PlantedAnswers.inCaption(number);
                case SAMPLES -> PlantedAnswers.inSample(number, choices.contains(number));
              };
          return fault.equals(Optional.of(filter));
        })
        .boxed()
        .collect(Collectors.toSet());
  }

  /// The records that a set is without, those left out whose captions are gone too.
  private static Set<Integer> lost(Path dataset, Part part) throws IOException {
    Set<Integer> lost =
        part == Part.CAPTIONS
            ? IntStream.rangeClosed(1, RECORDS).boxed().collect(Collectors.toSet())
            : ids(dataset, Part.CAPTIONS);
    lost.removeAll(ids(dataset, part));
    return lost;
  }

  private static Set<Integer> without(Set<Integer> some, Set<Integer> others) {
    Set<Integer> left = new TreeSet<>(some);
    left.removeAll(others);
    return left;
  }

  private Path replay(Filters filters, String name) throws Exception {
    Path target = folder.resolve(name);
    Replay.of(folder.resolve("job/journal"), "test").by(spec().recipe().with(filters)).into(target);
    return target;
  }

  private static Filters all(Action action) {
    Map<Filter, Rule> rules = new EnumMap<>(Filter.class);
    for (Filter filter : Filter.values()) {
      rules.put(filter, rule(filter, action));
    }
    return new Filters(OptionOrder.SHUFFLED, rules);
  }

  /// A rule with the limit that jobs have where they say nothing.
  private static Rule rule(Filter filter, Action action) {
    return new Rule(
        action,
        filter == Filter.NEAR_DUPLICATE ? SIMILARITY_MAX : spec().filters().rule(filter).limit());
  }

  private static JobSpec spec() {
    try {
      return JobFile.parse(
          "seeds = [ { builtin = quick-start } ]\ndataset { formats = [jsonl] }\n"
              + "instruct { tasks { multiple_choice = %1$d, question_answering = %1$d } }"
                  .formatted(RECORDS / 2),
          "defaults");
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<Integer> ids(Path dataset, Part part) throws IOException {
    return rows(dataset, part).stream()
        .map(row -> row.path("id").asInt())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static List<JsonNode> rows(Path dataset, Part part) throws IOException {
    try (Stream<String> lines = Files.lines(dataset.resolve("jsonl/" + part.set + ".jsonl"))) {
      return lines.map(PlantedFaultsIT::json).toList();
    }
  }

  private static JsonNode manifest(Path dataset) throws IOException {
    return JSON.readTree(dataset.resolve("manifest.json").toFile());
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
