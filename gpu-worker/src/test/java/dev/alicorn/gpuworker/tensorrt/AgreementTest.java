package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import dev.alicorn.protocol.Embedding;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final Embedding EAST = Embedding.wrap(new float[] {1, 0});
  private static final Embedding NEAR = Embedding.wrap(new float[] {1, 0.03f});
  private static final Embedding NAN = Embedding.wrap(new float[] {1, Float.NaN});

  @Test
  void nearIsEnoughForFp16AndNotForFp32() {
    Agreement agreement = Agreement.of(List.of(NEAR, EAST), List.of(EAST, EAST));
    // 1 / sqrt(1 + 0.03^2)
    assertThat(agreement.cosineMin()).isBetween(0.99955, 0.99956);
    assertThat(agreement.complaint(Precision.FP16)).isEmpty();
    assertThat(agreement.complaint(Precision.FP32)).isPresent();
  }

  @Test
  void oneVectorThatIsNotFiniteIsTold() {
    assertThat(Agreement.of(List.of(EAST, NAN), List.of(EAST, EAST)).complaint(Precision.FP16))
        .contains(
            "its vectors do not agree with ONNX Runtime's: over 2 texts the smallest cosine is -1.000000, the mean 0.000000 and 1 are not finite, where at least 0.999 is wanted");
  }

  @Test
  void textsAreOfManyLengths() {
    assertThat(Agreement.samples().stream().map(String::length)).isSorted().doesNotHaveDuplicates();
    assertThat(Agreement.samples().getLast().split(" ").length).isBetween(300, 512);
  }
}
