package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.filter.Sieve;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.JobSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InnerQuotesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": \"says \"STOP\" here\"} | {\"a\": \"says \\\"STOP\\\" here\"}",
        "{\"a\": \"says \"STOP\"\"} | {\"a\": \"says \\\"STOP\\\"\"}",
        "{\"a\": \"\"STOP\", it says\", \"b\": \"c\"} | {\"a\": \"\\\"STOP\\\", it says\", \"b\": \"c\"}",
      })
  void escapesQuotesThatAreText(String text, String json) {
    assertThat(InnerQuotes.escaped(text)).isEqualTo(json);
    assertThat(TolerantJson.strict(text)).isEmpty();
    assertThat(TolerantJson.strict(json)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"b\",\"c\":[\"d\" , \"e\"],\"f\":\"\"}",
        "{\"a\":\"say \\\"b\\\"\",}",
        "[\"a\", {\"b\":\"c\"}, [\"d\",] ]",
        "{\"a\":\"cut",
        "",
      })
  void leavesTheRestAlone(String json) {
    assertThat(InnerQuotes.escaped(json)).isEqualTo(json);
  }

  @Test
  void savesPairsThatWouldBeLost() {
    SampleReading reading =
        new SampleReading(
            Tasks.JOB.instruct().task(Tasks.QUESTION_ANSWERING).reply(),
            JobSpec.Repair.LOCAL,
            new Sieve(Filters.NONE));
    String json = Facts.pairs(Tasks.QUESTION_ANSWERING, 6, "x");
    assertThat(reading.read(json.replace("a red ball", "a \"red\" ball"), ""))
        .isEqualTo(reading.read("```" + json.replace("a red ball", "a \\\"red\\\" ball"), ""));
  }
}
