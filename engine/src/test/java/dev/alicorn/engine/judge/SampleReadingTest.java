package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.filter.Sieve;
import dev.alicorn.engine.quality.Pair;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.TaskName;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleReadingTest {
  private static final TaskName MC = Tasks.MULTIPLE_CHOICE;
  private static final TaskName QA = Tasks.QUESTION_ANSWERING;

  @ParameterizedTest
  @FieldSource("dev.alicorn.engine.judge.Tasks#ALL")
  void takesWhatIsAskedFor(TaskName task) {
    Reading<List<Pair>> reading = read(Facts.pairs(task, 7, "x"), task);
    assertThat(reading)
        .isInstanceOfSatisfying(Reading.Fit.class, fit -> assertThat(fit.repaired()).isFalse());
    assertThat(fit(Facts.pairs(task, 7, "x"), task)).hasSize(7);
  }

  @Test
  void readsPairs() {
    assertThat(fit(Facts.pairs(MC, 6, "x"), MC).getFirst())
        .isEqualTo(
            new Pair("What is thing 0 of x?", List.of("a dog", "a cat", "a cow", "a hen"), "B"));
    assertThat(fit(Facts.pairs(QA, 6, "x"), QA).getLast())
        .isEqualTo(new Pair("What is thing 5 of x?", List.of(), "It is a red ball."));
  }

  @Test
  void mendsEverySurfaceAndSaysSo() {
    String json = Facts.pairs(QA, 6, "x");
    for (String text :
        List.of(
            "```json\n" + json + "\n```",
            "Here are the pairs [as asked]: " + json + "\nLet me know {if} you need more.",
            "<think>{\"QA Pairs\":[]}</think>" + json + "<|im_end|>",
            json.replace("},{", "},\n{").replace("}]}", "},]}"),
            json.replace('"', '“'),
            json.replace("QA Pairs", "qa_pairs"),
            json.replace("QA Pairs", "questions"),
            json.replace("Question", "QUESTION").replace("Answer", "answer"),
            json.substring(json.indexOf('['), json.length() - 1),
            "[" + json + "]",
            json.substring(json.indexOf('[') + 1, json.length() - 2).replace("},{", "}\n{"),
            json.substring(0, json.length() - 2))) {
      assertThat(fit(text, QA)).as(text).isEqualTo(fit(json, QA));
      assertThat(((Reading.Fit<List<Pair>>) read(text, QA)).repaired()).as(text).isTrue();
    }
  }

  /// Whatever a reply is cut at, the pairs that were complete are there, and never a broken one.
  @Test
  void savesTheCompletePairsOfACutTail() {
    for (TaskName task : Tasks.ALL) {
      String json = Facts.pairs(task, 8, "x");
      List<Pair> all = fit(json, task);
      int complete = 0;
      for (int end = 0; end <= json.length(); end++) {
        String cut = json.substring(0, end);
        complete += cut.endsWith(task.equals(MC) ? "\"B\"}" : "ball.\"}") ? 1 : 0;
        if (complete < 6) {
          assertThat(read(cut, task)).as("cut at " + end).isInstanceOf(Reading.Unfit.class);
        } else {
          assertThat(fit(cut, task)).as("cut at " + end).isEqualTo(all.subList(0, complete));
        }
      }
      assertThat(complete).isEqualTo(8);
    }
  }

  @Test
  void takesTheFirstEightDifferentQuestions() {
    String json = Facts.pairs(QA, 8, "x");
    String one = Facts.pair(QA, "What is thing 0 of x?");
    String twice = json.replace("[", "[" + one + "," + one + ",");
    assertThat(fit(twice, QA)).isEqualTo(fit(json, QA));
    assertThat(fit(Facts.pairs(QA, 12, "x"), QA)).isEqualTo(fit(json, QA));
  }

  @Test
  void dropsUnfitPairsWhileEnoughRemain() {
    String seven = Facts.pairs(QA, 7, "x").replace("thing 3", "<image> 3");
    assertThat(fit(seven, QA)).hasSize(6);
    String six = Facts.pairs(QA, 6, "x").replace("thing 3", "<image> 3");
    assertThat(reason(six, QA)).isEqualTo(Rejection.FORBIDDEN_TEXT);
  }

  @Test
  void saysWhatIsWrong() {
    String mc = Facts.pairs(MC, 6, "x");
    String qa = Facts.pairs(QA, 6, "x");
    assertThat(reason("", QA)).isEqualTo(Rejection.NOT_JSON);
    assertThat(reason("The dog is red.", QA)).isEqualTo(Rejection.NOT_JSON);
    assertThat(reason("I'm sorry, but I cannot do this.", QA)).isEqualTo(Rejection.REFUSAL);
    assertThat(reason("{\"pairs\":7}", QA)).isEqualTo(Rejection.WRONG_SHAPE);
    assertThat(reason(mc, QA)).isEqualTo(Rejection.WRONG_SHAPE);
    assertThat(reason(qa, MC)).isEqualTo(Rejection.WRONG_SHAPE);
    assertThat(reason(Facts.pairs(QA, 5, "x"), QA)).isEqualTo(Rejection.WRONG_PAIR_COUNT);
    assertThat(reason(Facts.pair(QA, "One?"), QA)).isEqualTo(Rejection.WRONG_PAIR_COUNT);
    assertThat(reason(qa.replace("It is a red ball.", " "), QA)).isEqualTo(Rejection.EMPTY_VALUE);
    assertThat(reason(qa.replace("\"It is a red ball.\"", "null"), QA))
        .isEqualTo(Rejection.EMPTY_VALUE);
    assertThat(reason(mc.replace("a cow", ""), MC)).isEqualTo(Rejection.EMPTY_VALUE);
    assertThat(reason(mc.replace("\"B\"}", "\"E\"}"), MC)).isEqualTo(Rejection.NO_RIGHT_OPTION);
    assertThat(reason(mc.replace("a cow", "a cat"), MC)).isEqualTo(Rejection.NO_RIGHT_OPTION);
    assertThat(reason(qa.replace("red", "red ".repeat(200)), QA)).isEqualTo(Rejection.TOO_LONG);
    assertThat(reason(qa.replace("red", "red ASSISTANT: "), QA))
        .isEqualTo(Rejection.FORBIDDEN_TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "\"\"", "{\"A\":\"\",\"B\":\"\"}"})
  void forgivesEmptyOptionsOutsideMultipleChoice(String options) {
    String json = Facts.pairs(QA, 6, "x");
    String with = json.replace("\"Answer\"", "\"Options\":" + options + ",\"Answer\"");
    assertThat(fit(with, QA)).isEqualTo(fit(json, QA));
  }

  @Test
  void keepsTheLinesOfAnAnswerAndNotOfAQuestion() {
    String json =
        Facts.pairs(QA, 6, "x")
            .replace("red ball", "\\n\\n red\\tball")
            .replace("thing", "\\nthing");
    assertThat(fit(json, QA).getFirst())
        .isEqualTo(new Pair("What is thing 0 of x?", List.of(), "It is a\nred ball."));
  }

  @Test
  void doesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      String json =
          Facts.pairs(MC, 6, "x").replace("Question", "QUESTION").replace("Options", "OPTIONS");
      assertThat(fit(json, MC)).hasSize(6);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Reading<List<Pair>> read(String text, TaskName task) {
    return new SampleReading(
            Tasks.JOB.instruct().task(task).reply(), JobSpec.Repair.LOCAL, new Sieve(Filters.NONE))
        .read(text, "");
  }

  private static List<Pair> fit(String text, TaskName task) {
    return switch (read(text, task)) {
      case Reading.Fit<List<Pair>>(List<Pair> pairs, boolean _) -> pairs;
      case Reading.Unfit<List<Pair>> unfit -> throw new AssertionError(unfit + " for " + text);
    };
  }

  private static Rejection reason(String text, TaskName task) {
    return switch (read(text, task)) {
      case Reading.Fit<List<Pair>> fit -> throw new AssertionError(fit);
      case Reading.Unfit<List<Pair>> unfit -> unfit.reason();
    };
  }
}
