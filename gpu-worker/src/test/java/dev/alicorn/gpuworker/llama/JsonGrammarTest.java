package dev.alicorn.gpuworker.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonGrammarTest {

  @Test
  void writesARuleForEachPart() throws Exception {
    assertThat(
            grammar(
                """
                {"type": "object", "additionalProperties": false, "required": ["QA Pairs"],
                 "properties": {"QA Pairs": {"type": "array", "minItems": 2, "maxItems": 3,
                   "items": {"type": "string", "minLength": 1, "maxLength": 60}},
                  "Answer": {"type": "string", "enum": ["A", "B"]}}}\
                """))
        .isEqualTo(
            """
            root ::= r4
            r0 ::= [^"\\\\\\x00-\\x1F\\x7F] | "\\\\" ["\\\\/bfnrt]
            r1 ::= "\\"" r0{1,60} "\\""
            r2 ::= "[" r1 ("," r1){1,2} "]"
            r3 ::= "\\"A\\"" | "\\"B\\""
            r4 ::= "{" "\\"QA Pairs\\":" r2 "," "\\"Answer\\":" r3 "}"
            """);
  }

  @Test
  void quotesWhatALiteralHolds() throws Exception {
    assertThat(grammar("{\"const\": \"a\\\"\\\\b\\n\"}"))
        .isEqualTo("root ::= r0\nr0 ::= \"\\\"a\\\\\\\"\\\\\\\\b\\\\n\\\"\"\n");
  }

  @Test
  void allowsAnEmptyArrayOnlyWhereTheSchemaDoes() throws Exception {
    assertThat(grammar("{\"type\": \"array\", \"items\": {\"type\": \"null\"}}"))
        .contains("r1 ::= \"[\" r0 (\",\" r0){0,} \"]\" | \"[]\"");
    assertThat(grammar("{\"type\": \"array\", \"maxItems\": 0, \"items\": {\"type\": \"null\"}}"))
        .contains("r1 ::= \"[]\"");
    assertThat(
            grammar(
                "{\"type\": \"array\", \"minItems\": 1, \"maxItems\": 1, \"items\": {\"type\": \"null\"}}"))
        .contains("r1 ::= \"[\" r0 (\",\" r0){0,0} \"]\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"type\":\"foo\"}|schema.type: one of [array, boolean, integer, null, number, object, string]",
        "{\"$ref\":\"#/x\"}|schema.type: one of [array, boolean, integer, null, number, object, string]",
        "[]|schema: a JSON Schema is an object",
        "{\"type\":\"string\",\"pattern\":\"^a$\"}|schema.pattern: not a keyword that this endpoint can hold an answer to",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":1}}}|schema.a.minimum: not a keyword that this endpoint can hold an answer to",
        "{\"type\":\"array\"}|schema.items: a JSON Schema is an object",
        "{\"type\":\"string\",\"minLength\":5,\"maxLength\":4}|schema.minLength: above its maximum",
        "{\"type\":\"string\",\"maxLength\":-1}|schema.maxLength: a number from 0 to 4096",
        "{\"enum\":[]}|schema.enum: it has no value",
        "{\"anyOf\":[]}|schema.anyOf: it has no alternative"
      })
  void refusesByNameWhatItCannotHoldAnAnswerTo(String schema, String sentence) {
    assertThatThrownBy(() -> grammar(schema))
        .isInstanceOf(RequestException.class)
        .hasMessage(sentence);
  }

  @Test
  void isBounded() {
    String deep =
        "{\"type\":\"array\",\"items\":".repeat(40) + "{\"type\":\"null\"}" + "}".repeat(40);
    assertThatThrownBy(() -> grammar(deep)).hasMessageEndingWith(": deeper than 32");
  }

  private static String grammar(String schema) throws Exception {
    return JsonGrammar.of(new ObjectMapper().readTree(schema));
  }
}
