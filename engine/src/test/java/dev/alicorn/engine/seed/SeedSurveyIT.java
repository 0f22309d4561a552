package dev.alicorn.engine.seed;

import static dev.alicorn.engine.seed.SeedFiles.file;
import static dev.alicorn.engine.seed.SeedFiles.filtered;
import static dev.alicorn.engine.seed.SeedFiles.grouped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.SeedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedSurveyIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void countsRowsByWhatBecomesOfThem() throws IOException {
    Files.write(
        folder.resolve("a.jsonl"),
        List.of(
            "{\"t\": \"a dog\", \"g\": 1}",
            "{\"t\": \"a dog at a lake\", \"g\": 1}",
            "{\"t\": \"a cat\"}",
            "nonsense",
            "other nonsense {"));
    Files.write(folder.resolve("b.txt"), List.of("a dog at a lake", "IMG_1.jpg of dogs", "x"));

    SeedSurvey survey = survey(10, grouped("a.jsonl", "t", "g"), filtered(file("b.txt")));

    assertThat(survey.sources())
        .containsExactly(
            new SeedSurvey.Source(
                "a.jsonl",
                1,
                new TreeMap<>(
                    Map.of("the row has nothing at \"g\"", 1L, "the line is no JSON object", 2L)),
                new TreeMap<>(Map.of("of a group with a richer caption", 1L))),
            new SeedSurvey.Source(
                "b.txt",
                0,
                new TreeMap<>(),
                new TreeMap<>(
                    Map.of(
                        "the text of an earlier seed",
                        1L,
                        "boilerplate",
                        1L,
                        "fewer than 3 words",
                        1L))));
    assertThat(survey.sources().getFirst().rows()).isEqualTo(5);
    assertThat(survey.sample()).map(SeedRow.Seed::text).containsExactly("a dog at a lake");
  }

  @Test
  void aSampleIsSpreadEvenly() throws IOException {
    for (int count : new int[] {0, 1, 9, 10, 11, 39, 40, 41, 1_000}) {
      Files.write(
          folder.resolve("n.txt"), IntStream.range(0, count).mapToObj(i -> "seed " + i).toList());

      List<Integer> places =
          survey(10, file("n.txt")).sample().stream()
              .map(seed -> Integer.parseInt(seed.text().substring(5)))
              .toList();

      assertThat(places).as("of %s", count).hasSize(Math.min(10, count)).isSorted();
      for (int i = 1; i < places.size(); i++) {
        assertThat(places.get(i) - places.get(i - 1))
            .as("of %s: %s", count, places)
            .isBetween(1, Math.max(1, 4 * count / 10));
      }
    }
    assertThat(survey(0, file("n.txt")).sample()).isEmpty();
    assertThat(survey(10, file("n.txt"))).isEqualTo(survey(10, file("n.txt")));
    assertThat(SeedSurvey.of(List.of(file("n.txt")), folder, 10, 2).sample())
        .isNotEqualTo(survey(10, file("n.txt")).sample());
  }

  private SeedSurvey survey(int sampleMax, SeedSource... sources) throws IOException {
    return SeedSurvey.of(List.of(sources), folder, sampleMax, 1);
  }
}
