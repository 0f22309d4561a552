package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alicorn.config.EncoderSettings.Pooling;
import dev.alicorn.gpuworker.tensorrt.graph.HostInput;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputLayoutTest {
  private static final Bucket BUCKET = new Bucket(4, 3);
  private static final TokenSequence SHORT = new TokenSequence(new int[] {7, 8}, 2, false, false);
  private static final TokenSequence PADDED =
      new TokenSequence(new int[] {5, 6, 0}, 2, false, false);

  @Test
  void rowsArePaddedAndWhatIsLeftRepeatsTheFirst() {
    assertThat(ints(HostInput.IDS, Pooling.CLS))
        .containsExactly(7, 8, 0, 0, 5, 6, 0, 0, 7, 8, 0, 0);
    assertThat(ints(HostInput.MASK, Pooling.CLS))
        .containsExactly(1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0);
    assertThat(ints(HostInput.POSITIONS, Pooling.CLS))
        .containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "MEAN, 0.5 0.5 0 0 0.5 0.5 0 0",
    "CLS, 1 0 0 0 1 0 0 0",
    "EOS, 0 1 0 0 0 1 0 0",
    "LAST, 0 1 0 0 0 0 1 0",
  })
  void weightsPickWhatIsPooled(Pooling pooling, String expected) {
    MemorySegment memory = packed(HostInput.WEIGHTS, pooling);
    StringBuilder weights = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      float weight = memory.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      weights.append(i == 0 ? "" : " ").append(weight % 1 == 0 ? "" + (int) weight : "" + weight);
    }
    assertThat(weights).hasToString(expected);
  }

  @Test
  void inputsStartAtMultiplesOf256Bytes() {
    InputLayout layout = new InputLayout(List.of(HostInput.IDS, HostInput.MASK), Pooling.CLS, 2);
    assertThat(layout.offset(1, BUCKET)).isEqualTo(256);
    assertThat(layout.inputBytes(new Bucket(32, 5))).isEqualTo(2 * 768);
  }

  @Test
  void vectorsComeBackInOrder() {
    InputLayout layout = new InputLayout(List.of(HostInput.IDS), Pooling.CLS, 2);
    assertThat(layout.unpack(MemorySegment.ofArray(new float[] {1, 2, 3, 4, 5, 6}), 2))
        .containsExactly(Embedding.wrap(new float[] {1, 2}), Embedding.wrap(new float[] {3, 4}));
  }

  @Test
  void moreCaptionsThanRowsAreABug() {
    InputLayout layout = new InputLayout(List.of(HostInput.IDS), Pooling.CLS, 2);
    MemorySegment memory = MemorySegment.ofArray(new int[64]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout.pack(List.of(SHORT, SHORT), new Bucket(4, 1), memory));
  }

  private static int[] ints(HostInput input, Pooling pooling) {
    return packed(input, pooling).asSlice(0, 48).toArray(ValueLayout.JAVA_INT);
  }

  private static MemorySegment packed(HostInput input, Pooling pooling) {
    InputLayout layout = new InputLayout(List.of(input), pooling, 2);
    MemorySegment memory = MemorySegment.ofArray(new int[64]);
    layout.pack(List.of(SHORT, PADDED), BUCKET, memory);
    return memory;
  }
}
