package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class UnboundedSchemaTest {
  @Test
  void boundsGoAndAllElseStays() {
    assertThat(
            UnboundedSchema.of(
                """
                {"type":"object","minProperties":1,"properties":{
                  "maxLength":{"type":"string","minLength":1,"maxLength":9,"pattern":"a"},
                  "list":{"type":"array","minItems":6,"maxItems":8,"uniqueItems":true,
                    "items":{"anyOf":[{"type":"number","minimum":1,"multipleOf":2},{"$ref":"#/$defs/minimum"}]}}},
                 "$defs":{"minimum":{"type":"integer","exclusiveMaximum":3,"enum":[{"maximum":1}]}},
                 "required":["maxLength","list"],"additionalProperties":false}\
                """))
        .isEqualTo(
            "{\"type\":\"object\",\"minProperties\":1,\"properties\":{"
                + "\"maxLength\":{\"type\":\"string\",\"pattern\":\"a\"},"
                + "\"list\":{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"number\"},"
                + "{\"$ref\":\"#/$defs/minimum\"}]}}},"
                + "\"$defs\":{\"minimum\":{\"type\":\"integer\",\"enum\":[{\"maximum\":1}]}},"
                + "\"required\":[\"maxLength\",\"list\"],\"additionalProperties\":false}");
  }

  @Test
  void whatIsNoJsonIsABug() {
    assertThatThrownBy(() -> UnboundedSchema.of("{")).isInstanceOf(IllegalArgumentException.class);
  }
}
