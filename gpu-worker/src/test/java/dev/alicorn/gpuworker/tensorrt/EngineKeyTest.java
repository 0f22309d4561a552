package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import dev.alicorn.gpuworker.device.CudaVersion;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EngineKeyTest {
  private static final Buckets BUCKETS = Buckets.of(64, false, 512);
  private static final CudaVersion CUDA = new CudaVersion(13, 0);
  private static final EngineKey KEY = key("ab", "cls", 110_201, "9.0", "H200", CUDA, BUCKETS);

  @Test
  void whateverDecidesTheBitsChangesTheHash() {
    assertThat(
            Stream.of(
                    KEY,
                    key("ac", "cls", 110_201, "9.0", "H200", CUDA, BUCKETS),
                    key("ab", "mean", 110_201, "9.0", "H200", CUDA, BUCKETS),
                    key("ab", "cls", 110_202, "9.0", "H200", CUDA, BUCKETS),
                    key("ab", "cls", 110_201, "8.0", "H200", CUDA, BUCKETS),
                    key("ab", "cls", 110_201, "9.0", "H100", CUDA, BUCKETS),
                    key("ab", "cls", 110_201, "9.0", "H200", new CudaVersion(13, 3), BUCKETS),
                    key("ab", "cls", 110_201, "9.0", "H200", CUDA, BUCKETS.halved()),
                    new EngineKey(
                        "ab", "cls", 110_201, "9.0", "H200", CUDA, BUCKETS, Precision.FP32))
                .map(EngineKey::hash)
                .distinct())
        .hasSize(9);
    assertThat(KEY.hash())
        .isEqualTo(key("ab", "cls", 110_201, "9.0", "H200", CUDA, BUCKETS).hash());
  }

  @Test
  void theBuildersArgumentsSayAllThatWasAsked() {
    PlanRequest request =
        new PlanRequest(
            Path.of("/a b"),
            Path.of("/l"),
            Path.of("/p"),
            Path.of("/t"),
            1,
            Precision.FP16,
            BUCKETS,
            1L << 32);
    assertThat(PlanRequest.ofArguments(request.toArguments())).isEqualTo(request);
  }

  private static EngineKey key(
      String weights,
      String settings,
      int version,
      String capability,
      String device,
      CudaVersion driver,
      Buckets buckets) {
    return new EngineKey(
        weights, settings, version, capability, device, driver, buckets, Precision.FP16);
  }
}
