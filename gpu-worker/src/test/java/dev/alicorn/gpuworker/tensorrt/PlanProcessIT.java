package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.folder.CatalogueEncoders;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanProcessIT {
  @TempDir Path folder;

  @Test
  void theRealBuilderSaysInASentenceWhyItCannotWork() throws Exception {
    PlanRequest request =
        new PlanRequest(
            CatalogueEncoders.minilm().path(),
            folder,
            folder.resolve("plan"),
            folder.resolve("timings"),
            0,
            Precision.FP16,
            Buckets.of(64, false, 512),
            1L << 30);
    // With a device it gets as far as the libraries, which are not there.
    assertThatThrownBy(() -> PlanProcess.build(request))
        .isInstanceOf(EncoderException.class)
        .hasMessageMatching(
            "TensorRT: (no NVIDIA driver|there is no libnvinfer.so.11|the NVIDIA).*");
  }

  @Test
  void aBuilderThatCrashesIsToldWithItsLastWords() {
    assertThatThrownBy(() ->
            PlanProcess.run(new ProcessBuilder("sh", "-c", "echo kernel panic >&2; kill -SEGV $$")))
        .isInstanceOf(EncoderException.class)
        .hasMessage("TensorRT: the builder's process ended with status 139: kernel panic");
  }

  @Test
  void itsOwnSentenceGoesBefore() {
    assertThatThrownBy(() ->
            PlanProcess.run(
                new ProcessBuilder("sh", "-c", "echo complaint: too small; echo more; exit 1")))
        .hasMessage("too small");
  }
}
