package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.Capabilities.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelListTest {
  @Test
  void findsAModelAndItsNeighbours() {
    ModelList models =
        list(
            """
            {"object":"list","data":[{"id":"Qwen/Qwen2.5-7B-Instruct"},{"id":"gpt-4o"},
             {"id":"Qwen/Qwen2.5-72B-Instruct"},{"id":"llama3.2:latest"},{"name":"nameless"}]}\
            """);

    assertThat(models.has("gpt-4o")).isTrue();
    assertThat(models.has("llama3.2")).isTrue();
    assertThat(models.has("gpt-4")).isFalse();
    assertThat(models.nearest("Qwen/Qwen2.5-7B-Instrukt"))
        .startsWith("Qwen/Qwen2.5-7B-Instruct", "Qwen/Qwen2.5-72B-Instruct")
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "vllm, YES, YES, YES, YES",
    "llamacpp, YES, YES, YES, YES",
    "sglang, YES, UNKNOWN, YES, YES",
    "library, YES, YES, UNKNOWN, YES",
    "alicorn, YES, YES, NO, YES",
    "openai, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN"
  })
  void knowsAServerByItsName(
      String owner, Known jsonSchema, Known seed, Known logprobs, Known usage) {
    ModelList models = list("{\"data\":[{\"id\":\"m\",\"owned_by\":\"" + owner + "\"}]}");

    assertThat(models.capabilities("m"))
        .isEqualTo(new Capabilities(jsonSchema, seed, logprobs, usage));
    assertThat(models.capabilities("other")).isEqualTo(Capabilities.UNKNOWN);
  }

  @Test
  void believesAModelThatListsItsParameters() {
    ModelList models =
        list(
            """
            [{"id":"m","owned_by":"vllm","supported_parameters":["temperature","seed","max_tokens"]}]\
            """);

    assertThat(models.capabilities("m"))
        .isEqualTo(new Capabilities(Known.NO, Known.YES, Known.NO, Known.YES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "7", "\"x\"", "{}", "{\"data\":{}}", "<html>"})
  void whatIsNoListIsNone(String body) {
    assertThat(ModelList.read(Bytes.utf8(body))).isEmpty();
  }

  private static ModelList list(String body) {
    return ModelList.read(Bytes.utf8(body)).orElseThrow();
  }
}
