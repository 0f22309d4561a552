package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.filter.Sieve;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobSpec.Repair;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies read by a mapping that a user wrote.
class OwnTaskReadingTest {
  private static final InstructTask.Reply RIDDLE =
      new InstructTask.Reply(
          "riddles",
          "clue",
          Optional.empty(),
          "thing",
          "I spy: {{question}}",
          "It is {{answer}}.",
          2,
          3);
  private static final InstructTask.Reply QUIZ =
      new InstructTask.Reply(
          "quiz 1",
          "问题",
          Optional.of("picks"),
          "correct_pick",
          "{{question}}\n{{options}}",
          "{{answer}}",
          1,
          1);
  private static final String RIDDLES =
      """
      {"riddles":[{"clue":"It is round.","thing":"a ball"},{"clue":"It barks.","thing":"a dog"}]}\
      """;

  @Test
  void readsByTheKeysOfTheTask() {
    assertThat(read(RIDDLE, RIDDLES, Repair.NONE))
        .isEqualTo(
            new Reading.Fit<>(
                List.of(
                    new Pair("It is round.", List.of(), "a ball"),
                    new Pair("It barks.", List.of(), "a dog")),
                false));
  }

  @Test
  void readsOptionsUnderAnyKey() {
    assertThat(
            read(
                QUIZ,
                """
                {"quiz 1":[{"问题":"Which?","picks":["one","two","three","four"],"correct_pick":"B) two"}]}
                """,
                Repair.LOCAL))
        .isEqualTo(
            new Reading.Fit<>(
                List.of(new Pair("Which?", List.of("one", "two", "three", "four"), "B")), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```json\n%s\n```",
        "Here they are: %s Have fun!",
        "{\"Riddles\":[%s]}",
      })
  void mendsWhatIsAroundIt(String around) {
    String text = around.formatted(RIDDLES);
    assertThat(read(RIDDLE, text, Repair.LOCAL)).isEqualTo(new Reading.Fit<>(pairs(RIDDLES), true));
    assertThat(read(RIDDLE, text, Repair.NONE))
        .isInstanceOfSatisfying(
            Reading.Unfit.class,
            unfit -> assertThat(unfit.reason()).isEqualTo(Rejection.NOT_AS_ASKED));
  }

  @Test
  void keepsThePairsBeforeACutWhileTheyAreEnough() {
    String three = RIDDLES.replace("}]}", "},{\"clue\":\"It is tall.\",\"thing\":\"a tr");
    assertThat(read(RIDDLE, three, Repair.LOCAL))
        .isEqualTo(new Reading.Fit<>(pairs(RIDDLES), true));
    assertThat(complaint(RIDDLE, RIDDLES.substring(0, RIDDLES.length() - 8)))
        .isEqualTo("Your answer had 1 usable pairs. Write 2 to 3, all different.");
  }

  @Test
  void complainsInTheWordsOfTheTask() {
    assertThat(complaint(RIDDLE, "{}"))
        .isEqualTo(
            "Your JSON had no pairs. Answer with one object whose key \"riddles\" holds a list of"
                + " objects, each with a clue and a thing.");
    assertThat(complaint(QUIZ, "{\"quiz 1\":[{\"问题\":\"Which?\",\"picks\":[\"one\"]}]}"))
        .isEqualTo("Each 问题 needs exactly four picks, under the keys A, B, C and D.");
    assertThat(complaint(QUIZ, "{\"quiz 1\":[]}")).contains("\"quiz 1\"");
  }

  /// A synonym of a built-in key is none of a key that means something else.
  @Test
  void takesNoOtherKeyForItsOwn() {
    assertThat(complaint(RIDDLE, RIDDLES.replace("thing", "answer")))
        .isEqualTo("No clue, option or thing may be empty.");
  }

  private static List<Pair> pairs(String text) {
    return read(RIDDLE, text, Repair.LOCAL) instanceof Reading.Fit<List<Pair>> fit
        ? fit.answer()
        : List.of();
  }

  private static String complaint(InstructTask.Reply reply, String text) {
    return read(reply, text, Repair.LOCAL) instanceof Reading.Unfit<List<Pair>> unfit
        ? unfit.complaint()
        : "none";
  }

  private static Reading<List<Pair>> read(InstructTask.Reply reply, String text, Repair repair) {
    return new SampleReading(reply, repair, new Sieve(Filters.NONE)).read(text, "");
  }
}
