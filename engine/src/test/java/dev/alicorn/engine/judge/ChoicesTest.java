package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoicesTest {
  private static final List<String> OPTIONS = List.of("a dog", "a cat", "a cow", "B. B. King");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"A\":\"a dog\",\"B\":\"a cat\",\"C\":\"a cow\",\"D\":\"a hen\"}",
        "{\"d\":\"a hen\",\"a\":\"a dog\",\"c)\":\"a cow\",\"Option B\":\"a cat\"}",
        "{\"A\":\"A) a dog\",\"B\":\"B) a cat\",\"C\":\"C) a cow\",\"D\":\"D) a hen\"}",
        "[\"a dog\",\"a cat\",\"a cow\",\"a hen\"]",
        "[\"A. a dog\",\"B. a cat\",\"C. a cow\",\"D. a hen\"]",
        "\"A) a dog B) a cat C) a cow D) a hen\"",
        "\"A: a dog, B: a cat, C: a cow, D: a hen.\"",
        "\"(A) a dog\\n(B) a cat\\n(C) a cow\\n(D) a hen\""
      })
  void readsOptions(String json) throws JsonProcessingException {
    assertThat(Choices.read(new ObjectMapper().readTree(json)))
        .contains(List.of("a dog", "a cat", "a cow", "a hen"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "\"\"",
        "\"a dog, a cat, a cow, a hen\"",
        "[\"a dog\",\"a cat\",\"a cow\"]",
        "[\"a\",\"b\",\"c\",\"d\",\"e\"]",
        "{\"A\":\"a dog\",\"B\":\"a cat\",\"C\":\"a cow\"}",
        "{\"A\":\"a\",\"B\":\"b\",\"C\":\"c\",\"D\":\"d\",\"E\":\"e\"}",
        "{\"A\":\"a\",\"a\":\"b\",\"C\":\"c\",\"D\":\"d\"}"
      })
  void needsFour(String json) throws JsonProcessingException {
    assertThat(Choices.read(new ObjectMapper().readTree(json))).isEmpty();
  }

  @Test
  void takesLabelsOffOnlyWhereAllHaveTheirOwn() {
    List<String> people = List.of("A. Lincoln", "J. Adams", "T. Paine", "D. Eisenhower");
    assertThat(Choices.unlabelled(people)).isEqualTo(people);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "B                     | B",
        "b                     | B",
        "B)                    | B",
        "(B)                   | B",
        "B.                    | B",
        "B) a cat              | B",
        "B: A cat.             | B",
        "a cat                 | B",
        "A Cat.                | B",
        "Option B              | B",
        "The answer is B       | B",
        "Correct answer: B     | B",
        "C) something else     | C",
        "B. B. King            | D"
      })
  void readsTheAnswer(String answer, String letter) {
    assertThat(Choices.right(answer, OPTIONS)).contains(letter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "E",
        "a horse",
        "A and B",
        "A, B",
        "B) a dog",
        "A) a dog B) a cat",
        "AB",
        "none"
      })
  void needsExactlyOneRightOption(String answer) {
    assertThat(Choices.right(answer, OPTIONS)).isEmpty();
  }

  @Test
  void takesTwoEqualRightOptionsForNone() {
    List<String> twins = List.of("a dog", "A dog.", "a cow", "a cow");
    assertThat(Choices.right("A", twins)).isEmpty();
    assertThat(Choices.right("B", twins)).isEmpty();
    assertThat(Choices.right("C", List.of("a dog", "a dog", "a cow", "a hen"))).contains("C");
  }
}
