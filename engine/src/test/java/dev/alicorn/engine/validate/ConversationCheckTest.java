package dev.alicorn.engine.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.dataset.read.Spoken;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationCheckTest {
  private static final String MULTIPLE_CHOICE =
      "<image>\nWhich?\nA: one\nB: two\nC: three\nD: four";

  private static List<Check> instruct(String... fromAndValue) {
    return check(false, fromAndValue);
  }

  private static List<Check> pretrain(String... fromAndValue) {
    return check(true, fromAndValue);
  }

  private static List<Check> check(boolean pretrain, String... fromAndValue) {
    List<Spoken> turns = new ArrayList<>();
    for (int i = 0; i < fromAndValue.length; i += 2) {
      turns.add(new Spoken(fromAndValue[i], fromAndValue[i + 1]));
    }
    List<Check> found = new ArrayList<>();
    ConversationCheck.check(
        turns,
        pretrain,
        (check, message) -> {
          assertThat(message).isNotBlank();
          found.add(check);
        });
    return found;
  }

  @Test
  void goodConversationsHaveNoFinding() {
    assertThat(pretrain("human", "Describe it.\n<image>", "gpt", "A boat.")).isEmpty();
    assertThat(pretrain("human", "<image>\n", "gpt", "A boat.")).isEmpty();
    assertThat(instruct("human", MULTIPLE_CHOICE, "gpt", "D", "human", "Why?", "gpt", "So."))
        .isEmpty();
  }

  @Test
  void roles() {
    assertThat(instruct("human", "<image>\nWhy?", "assistant", "So."))
        .containsExactly(Check.UNKNOWN_ROLE);
    assertThat(instruct("gpt", "So.", "human", "<image>\nWhy?", "gpt", "So."))
        .containsExactly(Check.FIRST_TURN_NOT_HUMAN);
    assertThat(instruct("human", "<image>\nWhy?", "gpt", "So.", "gpt", "Indeed."))
        .containsExactly(Check.TURNS_NOT_ALTERNATING);
    assertThat(instruct("human", "<image>\nWhy?", "gpt", "So.", "human", "And?"))
        .containsExactly(Check.LAST_TURN_HUMAN);
    assertThat(pretrain("human", "<image>\nWhy?", "gpt", "So.", "human", "And?", "gpt", "Yes."))
        .containsExactly(Check.NOT_TWO_TURNS);
  }

  @Test
  void image() {
    assertThat(instruct("human", "Why?", "gpt", "So.")).containsExactly(Check.IMAGE_MISSING);
    assertThat(instruct("human", "<image>\nWhy <image>?", "gpt", "So."))
        .containsExactly(Check.IMAGE_TWICE);
    assertThat(
            instruct("human", "<image>\nWhy?", "gpt", "So.", "human", "<image> And?", "gpt", "A"))
        .containsExactly(Check.IMAGE_TWICE);
    assertThat(instruct("human", "Why?", "gpt", "So.", "human", "<image> And?", "gpt", "A"))
        .containsExactly(Check.IMAGE_MISPLACED);
    assertThat(instruct("human", "<image>\nWhy?", "gpt", "The <image> shows it."))
        .containsExactly(Check.IMAGE_IN_ANSWER);
  }

  @Test
  void values() {
    assertThat(instruct("human", "<image>\nWhy?", "gpt", " \n")).containsExactly(Check.EMPTY_VALUE);
    assertThat(instruct("human", "<image>\n", "gpt", "So.")).containsExactly(Check.EMPTY_VALUE);
    assertThat(instruct("human", "<image>\nWhy?", "gpt", "So. ASSISTANT: no"))
        .containsExactly(Check.RESERVED_TEXT);
    assertThat(instruct("human", "<image>\nWhy?<|end_of_text|>", "gpt", "So."))
        .containsExactly(Check.RESERVED_TEXT);
    assertThat(instruct("human", "<image>\nWhy?", "gpt", "So \uD83D."))
        .containsExactly(Check.LONE_SURROGATE);
    assertThat(instruct("human", "<image>\nWhy?", "gpt", "So \uD83D\uDEA4.")).isEmpty();
    assertThat(instruct("human", "<image>\nWhy?", "gpt", "So \uDEA4\uD83D"))
        .containsExactly(Check.LONE_SURROGATE);
  }

  @Test
  void lengthCountsTokensBeyondTheImage() {
    assertThat(instruct("human", "<image>\nWhy?", "gpt", "so ".repeat(1130))).isEmpty();
    assertThat(instruct("human", "<image>\nWhy?", "gpt", "so ".repeat(1131)))
        .containsExactly(Check.TOO_LONG);
  }

  @Test
  void multipleChoiceIsAnsweredByOneOfItsLetters() {
    assertThat(instruct("human", MULTIPLE_CHOICE, "gpt", "E"))
        .containsExactly(Check.ANSWER_NOT_A_LETTER);
    assertThat(instruct("human", MULTIPLE_CHOICE, "gpt", "B: two"))
        .containsExactly(Check.ANSWER_NOT_A_LETTER);
    assertThat(instruct("human", MULTIPLE_CHOICE, "gpt", "AB"))
        .containsExactly(Check.ANSWER_NOT_A_LETTER);
    assertThat(instruct("human", "<image>\nNote:\nB: what?", "gpt", "It is a note.")).isEmpty();
  }

  @Test
  void multipleChoiceHasFourOptions() {
    assertThat(instruct("human", "<image>\nWhich?\nA: one\nB: two", "gpt", "B"))
        .containsExactly(Check.NOT_FOUR_OPTIONS);
    assertThat(instruct("human", MULTIPLE_CHOICE + "\nE: five", "gpt", "B"))
        .containsExactly(Check.NOT_FOUR_OPTIONS);
  }
}
