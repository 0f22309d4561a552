package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.quality.YesNo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstructionTallyTest {
  private static final String CAPTION =
      "A small red boat with two white sails lies on wet sand beside a long wooden pier and three grey gulls stand on it.";

  private static PairLook pair(String human, String answer) {
    return PairLook.of(human, answer, Optional.of(CAPTION));
  }

  @Test
  void optionsAreTheLinesBehindTheQuestion() {
    PairLook choice =
        pair("<image>\nWhich colour?\nLook well.\nA: red\nB: blue\nC: Blue \nD: a shade", "B");
    assertThat(choice.question()).isEqualTo("Which colour?\nLook well.");
    assertThat(choice.options()).containsExactly("red", "blue", "Blue ", "a shade");
    assertThat(choice.right()).isEqualTo(1);
    assertThat(choice.longest()).isEqualTo(3);
    assertThat(choice.hasFourDistinctOptions()).isFalse();
    assertThat(pair("Is plan A: good?", "No.").isChoice()).isFalse();
    assertThat(pair("Which?\nB: red\nC: blue", "B").isChoice()).isFalse();
    assertThat(pair("Which?\nA: red\nB: blue", "Blue").right()).isEqualTo(-1);
    assertThat(pair("Which?\nA: red\nB: blue", "C").right()).isEqualTo(-1);
    assertThat(pair("Which?\nA: red\nB: pink", "A: red").right()).isZero();
    assertThat(pair("Which?\nA: red\nB: tan", "A").longest()).isEqualTo(-1);
    assertThat(pair("", "").options()).isEmpty();
  }

  @Test
  void answersAreHeldAgainstTheCaption() {
    assertThat(
            pair("What is there?", "A small red boat with two white sails lies on wet sand.")
                .copiedWords())
        .isEqualTo(12);
    assertThat(pair("Is it red?", "Yes, it is.").yesNo()).isEqualTo(YesNo.YES);
    assertThat(pair("Which?\nA: yes\nB: no", "A").yesNo()).isEqualTo(YesNo.NEITHER);
  }

  @Test
  void sharesAreOfWhatTheyAreAbout() {
    InstructionTally tally = new InstructionTally();
    String question = "Which?\nA: a\nB: bb\nC: c\nD: d";
    tally.add(
        new SampleLook(
            "7", "mc", List.of(pair(question, "B"), pair(question, "B"), pair(question, "A"))));
    tally.add(
        new SampleLook(
            "8",
            "qa",
            List.of(
                pair("What does the caption mention?", "A boat."),
                pair("Is it red?", "Yes, it is."),
                pair("What is there?", CAPTION))));
    Figures figures = new Figures();
    tally.into(figures);
    assertThat(figures.value(InstructionMeasure.PAIRS_MEAN)).hasValue(3);
    assertThat(figures.value(InstructionMeasure.LETTER_SKEW)).hasValue(2.0 / 3 - 0.25);
    assertThat(figures.value(InstructionMeasure.LONGEST_RIGHT)).hasValue(2.0 / 3);
    assertThat(figures.value(InstructionMeasure.FOUR_DISTINCT)).hasValue(1);
    assertThat(figures.value(InstructionMeasure.LEAKAGE)).hasValue(1.0 / 6);
    assertThat(figures.value(InstructionMeasure.YES)).hasValue(1);
    assertThat(figures.value(InstructionMeasure.VERBATIM)).hasValue(1.0 / 3);
    assertThat(figures.value(CompositionMeasure.TASKS)).hasValue(2);
    assertThat(figures.examples())
        .anySatisfy(examples -> {
          assertThat(examples.key()).isEqualTo("most_leakage");
          assertThat(examples.rows().getFirst().id()).isEqualTo("8");
        });
  }

  @Test
  void nothingHasNoShares() {
    Figures figures = new Figures();
    new InstructionTally().into(figures);
    assertThat(figures.value(InstructionMeasure.SAMPLE_COUNT)).hasValue(0);
    assertThat(figures.value(InstructionMeasure.LEAKAGE)).isEmpty();
  }
}
