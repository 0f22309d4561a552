package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.EncoderConfig;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EncoderCheckIT {
  @Test
  void encodesACaption() {
    assertThat(look("all-minilm-l6-v2"))
        .returns(Verdict.OK, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .matches(
            "all-MiniLM-L6-v2, 384 dimensions, opened in [0-9.]+ m?s, its first caption in [0-9.]+ m?s");
  }

  @Test
  void anEncoderThatDoesNotOpenFails() {
    assertThat(look("bge"))
        .isEqualTo(
            Diagnosis.fail("encoder model bge: unknown; the onnx backend has [all-minilm-l6-v2]"));
  }

  private static Diagnosis look(String model) {
    return new EncoderCheck("e", new EncoderConfig.Onnx(model, OptionalInt.empty())).look();
  }
}
