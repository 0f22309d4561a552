package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.filter.Sieve;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.JobSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionReadingTest {
  private static final String PLAIN = "A brown dog sits on a bench.";

  @ParameterizedTest
  @ValueSource(
      strings = {
        PLAIN,
        "  A brown dog\n\n sits on\ta bench.\r\n",
        "```\nA brown dog sits on a bench.\n```",
        "```text\nA brown dog sits on a bench.",
        "\"A brown dog sits on a bench.\"",
        "“A brown dog sits on a bench.”",
        "Caption: A brown dog sits on a bench.",
        "**Caption:** A brown dog sits on a bench.",
        "**Detailed Image Description**: A brown dog sits on a bench.",
        "### Final caption:\n\"A brown dog sits on a bench.\"",
        "Here is the caption:\n\nA brown dog sits on a bench.",
        "Here's a detailed description of the scene: A brown dog sits on a bench.",
        "Sure! Here is a rewritten version:\n```\nCaption: \"A brown dog sits on a bench.\"\n```",
        "<|im_start|>assistant\nA brown dog sits on a bench.<|im_end|>",
        "A brown dog sits on a bench.</s></s>",
        "[/INST] A brown dog sits on a bench. <|eot_id|> <|end_of_text|>",
        "<think>\nThey want a dog.\n</think>\n\nA brown dog sits on a bench.",
        "They want a dog.</think>A brown dog sits on a bench.",
        "A brown\u0000 dog \u202Esits on a\u200B bench.\uFFFE",
        "A brown dog \uD83Dsits on a bench.\uDC36"
      })
  void takesWrappersOff(String text) {
    assertThat(fit(text)).isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Here is a dog on a bench: it sleeps.",
        "A sign reads \"Caption: none\" above the old door.",
        "\"Stop\" is written on a sign beside \"Go\"",
        "The man is sorry and cannot look at the camera.",
        "Sorry, we are closed, says a sign on the door.",
        "Unfortunately named shops line the narrow old street.",
        "A family \uD83D\uDC68\u200D\uD83D\uDC69 stands below a blue sky."
      })
  void leavesTheRestAlone(String text) {
    assertThat(fit(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I'm sorry, but I can't help with that request.",
        "I am sorry, I cannot describe images.",
        "I cannot assist with this.",
        "I’m unable to view the image you mention.",
        "Unfortunately, I cannot provide a caption for this.",
        "As an AI language model, I have no eyes to see with."
      })
  void knowsARefusal(String text) {
    assertThat(reason(text)).isEqualTo(Rejection.REFUSAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A brown dog sits beside an <image> on a bench.",
        "A dog sits on a bench. ASSISTANT: And a cat sits too.",
        "A dog sits on a bench.<|end_of_text|>A cat sits too.",
        "A dog sits on a bench.<|im_end|>\n<|im_start|>user\nMore?",
        "A dog sits </s> on a wooden bench."
      })
  void refusesMarkersInside(String text) {
    assertThat(reason(text)).isEqualTo(Rejection.FORBIDDEN_TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t", "```\n```", "\"\"", "<|im_end|>", "\u200B\u0000"})
  void refusesNothing(String text) {
    assertThat(reason(text)).isEqualTo(Rejection.EMPTY_CAPTION);
  }

  @Test
  void refusesTooFewAndTooManyWords() {
    assertThat(reason("A brown dog sits.")).isEqualTo(Rejection.TOO_SHORT);
    assertThat(fit("A brown dog sits down.")).isEqualTo("A brown dog sits down.");
    assertThat(reason("dog ".repeat(1132))).isEqualTo(Rejection.TOO_LONG);
    assertThat(fit("dog ".repeat(1107))).hasSize(4 * 1107 - 1);
    assertThat(reason("a".repeat(40_000))).isEqualTo(Rejection.TOO_LONG);
    assertThat(reason(" ".repeat(1 << 20))).isEqualTo(Rejection.TOO_LONG);
    assertThat(fit("一只棕色的狗坐在木头长椅上。")).hasSize(14);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A dog sits on a bench. It is brown. Beside it, a",
        "A dog sits on a bench. It is brown. Beside it is Dr. No and Mr",
        "A dog sits on a bench. It is brown.",
        "A dog sits on a bench. It is brown. About 3.5 m"
      })
  void cutsBackToWholeSentences(String text) {
    assertThat(CaptionReading.read(text, true))
        .isInstanceOfSatisfying(
            Reading.Fit.class,
            fit ->
                assertThat(fit.answer())
                    .isEqualTo(
                        new CaptionReading.Caption("A dog sits on a bench. It is brown.", true)));
  }

  @Test
  void keepsACutTextWithoutWholeSentences() {
    assertThat(CaptionReading.wholeSentences("A brown dog sits on a"))
        .isEqualTo("A brown dog sits on a");
    assertThat(CaptionReading.wholeSentences("A dog. It sits on a"))
        .isEqualTo("A dog. It sits on a");
    assertThat(CaptionReading.wholeSentences("He says \"sit down, good dog!\" and the"))
        .isEqualTo("He says \"sit down, good dog!\"");
  }

  @Test
  void isSteady() {
    SampleReading sample =
        new SampleReading(
            Tasks.JOB.instruct().task(Tasks.MULTIPLE_CHOICE).reply(),
            JobSpec.Repair.LOCAL,
            new Sieve(Filters.NONE));
    for (String text :
        new String[] {
          "<s>".repeat(20_000),
          "\"".repeat(60_000),
          "```".repeat(20_000),
          "Caption: ".repeat(7_000),
          " \n".repeat(30_000),
          "here is ".repeat(8_000),
          "```" + " ".repeat(60_000) + "x",
          "<think>".repeat(8_000),
          "<|".repeat(30_000),
          "a. ".repeat(20_000)
        }) {
      assertThat(CaptionReading.read(text, true)).isNotNull();
      assertThat(sample.read(text, "")).isNotNull();
    }
  }

  private static String fit(String text) {
    return switch (CaptionReading.read(text, false)) {
      case Reading.Fit<CaptionReading.Caption>(var caption, boolean _) -> caption.text();
      case Reading.Unfit<CaptionReading.Caption> unfit -> throw new AssertionError(unfit);
    };
  }

  private static Rejection reason(String text) {
    return switch (CaptionReading.read(text, false)) {
      case Reading.Fit<CaptionReading.Caption> fit -> throw new AssertionError(fit);
      case Reading.Unfit<CaptionReading.Caption> unfit -> unfit.reason();
    };
  }
}
