package dev.alicorn.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmartQuotesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{“a”: “b”}                | {\"a\": \"b\"}",
        "{“a” : [“b” , “c”]}       | {\"a\" : [\"b\" , \"c\"]}",
        "{”a„: 1}                  | {\"a\": 1}",
        "{\"a\": \"so “b”, yes\"}  | {\"a\": \"so “b”, yes\"}",
        "{“a”: “he says “no” now”} | {\"a\": \"he says “no” now\"}",
        "{“a”: “he says \"no\" x”} | {\"a\": \"he says \\\"no\\\" x\"}",
        "{“a”: “cut               | {\"a\": \"cut",
        "{\"a\\\"“\": 1}           | {\"a\\\"“\": 1}",
        "plain                     | plain"
      })
  void straightensQuotesOfJsonOnly(String text, String json) {
    assertThat(SmartQuotes.straighten(text)).isEqualTo(json);
  }
}
