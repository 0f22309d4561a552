package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.Domain.Label;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The domains that ship with Alicorn, all labels in all templates.
class DomainSeedsTest {
  private static final Path HERE = Path.of("");
  private static final Set<String> NEVER =
      Set.of(
          "negro",
          "nigger",
          "gypsy",
          "squaw",
          "coolie",
          "dago",
          "kaffir",
          "hottentot",
          "eskimo",
          "slut",
          "whore",
          "bitch",
          "pussy",
          "nude",
          "naked",
          "brothel",
          "corpse",
          "torture",
          "slave",
          "murderer",
          "terrorist",
          "rapist",
          "hangman",
          "heroin",
          "cocaine",
          "opium",
          "jew",
          "muslim",
          "hindu",
          "savage",
          "bastard");
  private static final Pattern BAD_SPACE = Pattern.compile("  |^ | $| [,.]|\\t");
  private static final Pattern ARTICLES = Pattern.compile("(?i)\\b(a|an|the) (a|an|the)\\b");

  @Test
  void everyLabelMakesACleanSentenceInEveryTemplate() throws ConfigException {
    for (Domain domain : all()) {
      assertThat(domain.templates()).as(domain.name()).hasSize(10).doesNotHaveDuplicates();
      for (int label = 0; label < domain.labels().size(); label++) {
        for (int template = 0; template < 10; template++) {
          String seed = domain.seed(label, template);
          assertThat(seed).doesNotContainPattern(BAD_SPACE).doesNotContainPattern(ARTICLES);
          assertThat(seed).doesNotContain("{").doesNotContain("}").endsWith(".");
          assertThat(Character.isUpperCase(seed.charAt(0)) || Character.isDigit(seed.charAt(0)))
              .as(seed)
              .isTrue();
          assertThat(Normalizer.isNormalized(seed, Normalizer.Form.NFC)).as(seed).isTrue();
        }
      }
    }
  }

  @Test
  void thereAreEighteenOfTenThousandLabelsAndNoneTwice() throws ConfigException {
    Set<String> seen = new HashSet<>();
    int labels = 0;
    for (Domain domain : all()) {
      assertThat(domain.labels().size()).as(domain.name()).isBetween(200, 1500);
      for (Label label : domain.labels()) {
        labels++;
        assertThat(seen.add(label.text().toLowerCase(Locale.ROOT))).as(label.text()).isTrue();
      }
    }
    assertThat(all()).hasSize(18);
    assertThat(labels).isBetween(10_000, 11_000);
  }

  @Test
  void noLabelHoldsAWordThatOffends() throws ConfigException {
    for (Domain domain : all()) {
      for (Label label : domain.labels()) {
        assertThat(label.text().toLowerCase(Locale.ROOT).split("[ '-]+"))
            .as(label.text())
            .doesNotContainAnyElementsOf(NEVER);
      }
    }
  }

  @Test
  void namesTheNearestToAnUnknownOne() {
    assertThatThrownBy(() -> DomainSeeds.open(List.of("food", "brids"), HERE))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "labels: no domain is called \"brids\", the nearest is birds; a file of your own ends with .txt");
  }

  @Test
  void refusesADomainThatIsThereTwice() {
    assertThatThrownBy(() -> DomainSeeds.open(List.of("food", "all"), HERE))
        .isInstanceOf(ConfigException.class)
        .hasMessage("labels: the domain food is there twice; name it once");
  }

  private static List<Domain> all() throws ConfigException {
    return DomainSeeds.open(List.of("all"), HERE);
  }
}
