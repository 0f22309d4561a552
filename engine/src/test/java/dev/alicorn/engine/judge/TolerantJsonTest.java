package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TolerantJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"}                         | [{\"a\":\"b\"}]",
        "{\"a\":[\"b\",\"c\",],}               | [{\"a\":[\"b\",\"c\"]}]",
        "{\"a\":\"it\\'s\"}                    | [{\"a\":\"it's\"}]",
        "{'a':'b'}                             | [{\"a\":\"b\"}]",
        "{\"a\":1}{\"a\":2} and so on          | [{\"a\":\"1\"},{\"a\":\"2\"}]",
        "{\"p\":[{\"q\":\"1\"},{\"q\":\"2      | [{\"p\":[{\"q\":\"1\"}]}]",
        "{\"p\":[{\"q\":\"1\"},{\"o\":{\"A\"   | [{\"p\":[{\"q\":\"1\"}]}]",
        "{\"p\":[{\"q\":\"1\"},{\"o\":[\"x\",  | [{\"p\":[{\"q\":\"1\"}]}]",
        "{\"p\":[{\"q\":\"1\"},                | [{\"p\":[{\"q\":\"1\"}]}]",
        "{\"p\":[{\"q\":\"1\"}                 | [{\"p\":[{\"q\":\"1\"}]}]",
        "{\"p\":[{\"q\":\"1\"},{\"q\" x        | [{\"p\":[{\"q\":\"1\"}]}]",
        "[{\"p\":[{\"q\":\"1\"},{\"q           | [[{\"p\":[{\"q\":\"1\"}]}]]",
        "[{\"q\":\"1\"},{\"q                   | [[{\"q\":\"1\"}]]",
        "nothing                               | []"
      })
  void understandsWhatItCan(String text, String values) {
    assertThat(TolerantJson.values(text)).hasToString(values);
  }

  @Test
  void readsRawLineBreaks() {
    assertThat(TolerantJson.values("{\"a\":\"b\nc\"}").path(0).path("a").asText())
        .isEqualTo("b\nc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "{\"a\":1,}", "{\"a\":1} x", "{\"a\":1,\"a\":2}", "{'a':1}"})
  void isStrictFirst(String text) {
    assertThat(TolerantJson.strict(text)).isEmpty();
  }

  @Test
  void survivesHostileText() {
    assertThat(TolerantJson.values("[".repeat(10_000))).hasSizeLessThanOrEqualTo(1);
    assertThat(TolerantJson.values("{\"a\":" + "9".repeat(1 << 20))).hasSizeLessThanOrEqualTo(1);
    assertThat(TolerantJson.strict("[" + "9".repeat(1 << 20) + "]")).isEmpty();
  }
}
