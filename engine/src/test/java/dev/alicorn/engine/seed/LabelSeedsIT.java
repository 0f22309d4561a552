package dev.alicorn.engine.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.DomainSeeds;
import dev.alicorn.protocol.SeedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelSeedsIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void putsEachLabelIntoAsManyTemplatesAsAskedFor() throws IOException {
    write("tools.txt", "A photo of {a}.", "{a} on a table.", "A drawing of {a}.", "saw", "axe");

    assertThat(seeds(2, "tools.txt"))
        .containsExactly(
            new SeedRow.Seed(7, "tools/saw/1", "A photo of a saw.", Optional.of("tools")),
            new SeedRow.Seed(7, "tools/axe/2", "An axe on a table.", Optional.of("tools")),
            new SeedRow.Seed(7, "tools/saw/2", "A saw on a table.", Optional.of("tools")),
            new SeedRow.Seed(7, "tools/axe/3", "A drawing of an axe.", Optional.of("tools")));
    assertThat(seeds(99, "tools.txt")).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void spreadsDomainsOfAnySizeEvenly() throws IOException {
    write("small.txt", "{a} here.", "one-off", "two");
    write("large.txt", "{a} there.", "p", "q", "r", "s", "t", "u");

    assertThat(seeds(1, "large.txt", "small.txt"))
        .map(seed -> seed.domain().orElseThrow())
        .containsExactly("large", "large", "small", "large", "large", "large", "small", "large");
  }

  @Test
  void takesDomainsThatRunOutOfTemplatesForWhatTheyHave() throws IOException {
    write("one.txt", "{a} here.", "x");
    write("two.txt", "{a} there.", "{a} elsewhere.", "y");

    assertThat(seeds(10, "one.txt", "two.txt"))
        .map(SeedRow.Seed::key)
        .containsExactly("one/x/1", "two/y/1", "two/y/2");
  }

  @Test
  void givesEverySeedOfAllDomainsOnceAndTheSameAgain() {
    List<SeedRow.Seed> all = seeds(10, "all");

    assertThat(all).hasSizeBetween(100_000, 110_000);
    Set<String> keys = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (SeedRow.Seed seed : all) {
      assertThat(keys.add(seed.key())).as(seed.key()).isTrue();
      assertThat(texts.add(seed.text())).as(seed.text()).isTrue();
    }
    assertThat(seeds(10, "all")).isEqualTo(all);
  }

  @Test
  void isAsDiverseInItsFirstThousandAsInTheWhole() {
    List<SeedRow.Seed> all = seeds(10, "all");
    Map<String, Double> whole = shares(all);
    Map<String, Double> first = shares(all.subList(0, 1000));

    assertThat(first).containsOnlyKeys(DomainSeeds.NAMES);
    whole.forEach((domain, share) ->
        assertThat(first.getOrDefault(domain, 0.0))
            .as(domain)
            .isBetween(share - 0.003, share + 0.003));
    Map<Character, Integer> templates = new HashMap<>();
    Map<Character, Integer> initials = new HashMap<>();
    for (SeedRow.Seed seed : all.subList(0, 1000)) {
      String[] key = seed.key().split("/", -1);
      initials.merge(Character.toLowerCase(key[1].charAt(0)), 1, Integer::sum);
      templates.merge(key[2].charAt(key[2].length() - 1), 1, Integer::sum);
    }
    assertThat(templates.values()).hasSize(10).allMatch(count -> count >= 80 && count <= 120);
    assertThat(initials).hasSizeGreaterThan(20);
  }

  @Test
  void refusesWhatIsNoDomainAndNamesTheSource() throws IOException {
    assertThatThrownBy(() -> seeds(1, "bird"))
        .isInstanceOf(SeedException.class)
        .hasMessageStartingWith(
            "seeds[7]: labels: no domain is called \"bird\", the nearest is birds");
    assertThatThrownBy(() -> seeds(1, "none.txt"))
        .isInstanceOf(SeedException.class)
        .hasMessage(
            "seeds[7]: "
                + folder.resolve("none.txt")
                + ": there is no such file that can be read; check its name");
    assertThatThrownBy(() -> seeds(1, "a\0b.txt"))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining("is no name of a file");
    write("bare.txt", "lamp");
    assertThatThrownBy(() -> seeds(1, "bare.txt"))
        .isInstanceOf(SeedException.class)
        .hasMessageContaining("bare.txt: it has no template");
  }

  @Test
  void isReadAsAJobsOtherSourcesAre() throws IOException {
    write("mine.txt", "A photo of {a}.", "lamp", "- scissors");
    List<SeedSource> sources =
        List.of(
            new SeedSource.Labels(List.of("mine.txt"), 1), new SeedSource.Builtin("quick-start"));

    List<SeedRow> rows = new ArrayList<>();
    try (SeedReader reader = new SeedReader(sources, folder)) {
      reader.forEachRemaining(rows::add);
    }

    assertThat(rows)
        .hasSize(18)
        .startsWith(
            new SeedRow.Seed(0, "mine/lamp/1", "A photo of a lamp.", Optional.of("mine")),
            new SeedRow.Seed(0, "mine/scissors/1", "A photo of scissors.", Optional.of("mine")));
    assertThatThrownBy(
            () -> SeedReader.check(List.of(new SeedSource.Labels(List.of("x"), 1)), folder))
        .isInstanceOf(SeedException.class);
  }

  @Test
  void listsTheFilesThatItOpens() {
    assertThat(new SeedSource.Labels(List.of("birds", "a/mine.txt", "all"), 1).files())
        .containsExactly("a/mine.txt");
  }

  private static Map<String, Double> shares(List<SeedRow.Seed> seeds) {
    Map<String, Double> shares = new HashMap<>();
    for (SeedRow.Seed seed : seeds) {
      shares.merge(seed.domain().orElseThrow(), 1.0 / seeds.size(), Double::sum);
    }
    return shares;
  }

  private List<SeedRow.Seed> seeds(int templates, String... domains) {
    List<SeedRow.Seed> seeds = new ArrayList<>();
    LabelSeeds source =
        new LabelSeeds(new SeedSource.Labels(List.of(domains), templates), 7, folder);
    for (SeedRow.Seed seed = source.next(); seed != null; seed = source.next()) {
      seeds.add(seed);
    }
    return seeds;
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }
}
