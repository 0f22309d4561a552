package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.EncoderSettings.Pooling;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.tensorrt.cuda.CudaContext;
import dev.alicorn.gpuworker.tensorrt.cuda.MemoryCuda;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.gpuworker.tokenize.Tokenizer;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorRtEncoderTest {
  private static final EncoderDescription DESCRIPTION =
      new EncoderDescription(
          "sums", ContentHash.of("sums"), SumNetwork.DIMENSION, 64, false, false);
  private static final TokenSequence CAPTION = new TokenSequence(new int[] {3, 4}, 2, false, false);
  private static final TokenBatch BATCH = new TokenBatch(List.of(CAPTION), List.of(0));

  @Test
  void aLostDeviceIsToldToTheProcessAndOtherFailuresAreNot() throws Exception {
    List<String> lost = new ArrayList<>();
    try (MemoryCuda driver = new MemoryCuda(1 << 24);
        TensorRtEncoder encoder = open(driver, lost::add)) {
      driver.failNext("cuGraphLaunch", 400);
      assertThatThrownBy(() -> encoder.encode(BATCH))
          .isInstanceOf(EncoderException.class)
          .hasMessage("encoder sums: cuGraphLaunch gave CUDA_ERROR_INVALID_HANDLE (400)");
      assertThat(lost).isEmpty();
      driver.failNext("cuEventSynchronize", 700);
      assertThatThrownBy(() -> encoder.encode(BATCH)).isInstanceOf(EncoderException.class);
      assertThat(lost)
          .containsExactly(
              "encoder sums: cuEventSynchronize gave CUDA_ERROR_ILLEGAL_ADDRESS (700); the device is lost to this process, start it again");
    }
  }

  @Test
  void closingGivesEverythingBack() throws Exception {
    try (MemoryCuda driver = new MemoryCuda(1 << 24)) {
      try (TensorRtEncoder encoder = open(driver, DeviceLoss.END)) {
        assertThat(encoder.encode(BATCH))
            .containsExactly(Embedding.wrap(SumNetwork.expected(CAPTION)));
        assertThat(driver.outstanding()).isPositive();
      }
      assertThat(driver.outstanding()).isZero();
    }
  }

  private static TensorRtEncoder open(MemoryCuda driver, DeviceLoss loss) throws Exception {
    CudaContext cuda = driver.open();
    Lanes lanes =
        new Lanes(
            cuda,
            () -> new SumNetwork(driver, 1),
            new InputLayout(SumNetwork.INPUTS, Pooling.MEAN, SumNetwork.DIMENSION),
            Buckets.of(64, false, 512));
    return new TensorRtEncoder(DESCRIPTION, 512, new OneCaption(), cuda, lanes, loss);
  }

  private static final class OneCaption implements Tokenizer {
    @Override
    public TokenSequence tokenize(String text) {
      return CAPTION;
    }

    @Override
    public void close() {}
  }
}
