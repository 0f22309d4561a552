package dev.alicorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({
    "temperature, temprature, 1",
    "tasks, taks, 1",
    "kitten, sitting, 3",
    "url, '', 3",
    "same, same, 0",
  })
  void countsTheEditsBetweenTwoWords(String a, String b, int edits) {
    assertThat(Nearest.distance(a, b)).isEqualTo(edits);
  }

  @Test
  void agreesWithThePlainRecursionOnRandomWords() {
    long seed = 20_251_123;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String a = word(random);
      String b = word(random);
      assertThat(Nearest.distance(a, b)).as("seed %s, %s, %s", seed, a, b).isEqualTo(slow(a, b));
    }
  }

  @Test
  void namesSeveralTheNearestFirst() {
    assertThat(Nearest.to("gpt-4", List.of("llama", "gpt-4o", "o1", "gpt-4.1"), 2))
        .containsExactly("gpt-4o", "gpt-4.1");
    assertThat(Nearest.to("x", List.of(), 2)).isEmpty();
  }

  @Test
  void takesTheFirstOfEqualsAndIgnoresCase() {
    assertThat(Nearest.to("NAME", List.of("seeds", "name"))).isEqualTo("name");
    assertThat(Nearest.to("x", List.of("c", "a", "b"))).isEqualTo("a");
  }

  private static String word(Random random) {
    return random
        .ints(random.nextInt(6), 'a', 'd')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int slow(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.length() + b.length();
    }
    String shortA = a.substring(1);
    String shortB = b.substring(1);
    int least = slow(shortA, shortB) + (a.charAt(0) == b.charAt(0) ? 0 : 1);
    least = Math.min(least, 1 + Math.min(slow(shortA, b), slow(a, shortB)));
    if (a.length() > 1
        && b.length() > 1
        && a.charAt(0) == b.charAt(1)
        && a.charAt(1) == b.charAt(0)) {
      least = Math.min(least, 1 + slow(a.substring(2), b.substring(2)));
    }
    return least;
  }
}
