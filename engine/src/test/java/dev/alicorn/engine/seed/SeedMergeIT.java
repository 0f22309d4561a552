package dev.alicorn.engine.seed;

import static dev.alicorn.engine.seed.SeedFiles.file;
import static dev.alicorn.engine.seed.SeedFiles.filtered;
import static dev.alicorn.engine.seed.SeedFiles.grouped;
import static dev.alicorn.engine.seed.SeedFiles.limited;
import static dev.alicorn.engine.seed.SeedFiles.rows;
import static dev.alicorn.engine.seed.SeedFiles.texts;
import static dev.alicorn.engine.seed.SeedFiles.told;
import static dev.alicorn.engine.seed.SeedFiles.weighing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.quality.ContentWords;
import dev.alicorn.protocol.SeedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedMergeIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void keepsTheFirstOfATextThatComesTwice() throws IOException {
    write("a.txt", "A Stra\u00dfe  by the caf\u00e9", "a dog", "A DOG");
    write("b.txt", "a STRASSE by\u00a0the cafe\u0301 ", "a cat");

    assertThat(told(folder, file("a.txt"), file("b.txt")))
        .containsExactly(
            "1 A Stra\u00dfe  by the caf\u00e9",
            "2 a dog",
            "3 left out: the text of an earlier seed",
            "1 left out: the text of an earlier seed",
            "2 a cat");
  }

  @Test
  void sourcesWithWeightsTakeTurns() throws IOException {
    numbered("a", 7);
    numbered("b", 3);
    numbered("c", 4);

    assertThat(texts(folder, weighing(3, file("a.txt")), file("b.txt"), weighing(1, file("c.txt"))))
        .containsExactly(
            "a1", "b1", "a2", "c1", "a3", "a4", "b2", "a5", "c2", "a6", "a7", "b3", "c3", "c4");
  }

  /// Of every stretch of seeds a source has its share, until one is used up.
  @Test
  void turnsAreSharedByWeight() throws IOException {
    int[] weights = {5, 3, 2};
    List<SeedSource> sources = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      numbered("s" + i, 100 * weights[i]);
      sources.add(weighing(weights[i], file("s" + i + ".txt")));
    }
    List<SeedRow> rows = rows(folder, sources.toArray(SeedSource[]::new));

    assertThat(rows).hasSize(1_000);
    for (int end = 1; end <= rows.size(); end++) {
      for (int i = 0; i < weights.length; i++) {
        int source = i;
        long given = rows.subList(0, end).stream().filter(row -> row.source() == source).count();
        assertThat(given - end * weights[i] / 10.0).as("of %s", end).isBetween(-1.0, 1.0);
      }
    }
  }

  @Test
  void takesNoMoreThanALimit() throws IOException {
    write("a.txt", "a dog", "a DOG", "", "a cat", "a bird", "a fish");
    write("b.txt", "a cow");

    assertThat(told(folder, limited(2, file("a.txt")), file("b.txt")))
        .containsExactly(
            "1 a dog", "2 left out: the text of an earlier seed", "4 a cat", "1 a cow");
  }

  @Test
  void leavesOutWhatIsNearlyTheSameWhereAFilterIsAskedFor() throws IOException {
    String caption =
        "a brown dog with a red collar runs over the wet grass of a park beside a lake while children play with a ball";
    write("a.txt", caption, caption.replace("ball", "kite"), "a cat sits on the mat");

    assertThat(texts(folder, file("a.txt"))).hasSize(3);
    assertThat(told(folder, filtered(file("a.txt"))))
        .containsExactly(
            "1 " + caption,
            "2 left out: nearly the text of an earlier seed",
            "3 a cat sits on the mat");
  }

  /// Against the rule as its sentence says it, over groups at random.
  @Test
  void keepsTheRichestCaptionOfEachGroup() throws IOException {
    long seed = 99;
    Random random = new Random(seed);
    String[] words = {"a", "the", "dog", "dogs", "red", "tree", "lake", "running", "boat", "of"};
    List<String> lines = new ArrayList<>();
    record Row(String text, int place) {}
    Map<Integer, List<Row>> groups = new LinkedHashMap<>();
    for (int place = 0; place < 3_000; place++) {
      int group = random.nextInt(700);
      List<String> chosen =
          IntStream.range(0, 1 + random.nextInt(5))
              .mapToObj(_ -> words[random.nextInt(words.length)])
              .toList();
      // The number keeps texts apart and has the same length in each.
      String text = String.join(" ", chosen) + " " + (10_000 + place);
      lines.add("{\"group\": " + group + ", \"text\": \"" + text + "\"}");
      groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(new Row(text, place));
    }
    write("a.jsonl", lines.toArray(String[]::new));
    List<String> wanted =
        groups.values().stream()
            .map(group ->
                group.stream()
                    .min(
                        Comparator.comparingInt((Row row) -> -ContentWords.of(row.text()).size())
                            .thenComparingInt(row -> -row.text().length())
                            .thenComparingInt(Row::place))
                    .orElseThrow())
            .sorted(Comparator.comparingInt(Row::place))
            .map(Row::text)
            .toList();

    List<SeedRow> rows = rows(folder, grouped("a.jsonl", "text", "group"));

    assertThat(rows).hasSize(3_000);
    assertThat(texts(folder, grouped("a.jsonl", "text", "group")))
        .as("seed %s", seed)
        .isEqualTo(wanted);
  }

  private void numbered(String name, int count) throws IOException {
    write(
        name + ".txt",
        IntStream.rangeClosed(1, count).mapToObj(i -> name + i).toArray(String[]::new));
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }
}
