package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// NVIDIA's real libraries, which load without a device.
@Tag("tensorrt")
class TensorRtLibrariesIT {
  private static final Path UNPACKED = Path.of("target", "tensorrt");

  @Test
  void everyLibraryLoadsAndIsOfTheVersionThatTheBindingsWereMadeFor() throws Exception {
    TensorRtFiles files = TensorRtFiles.in(UNPACKED);
    assertThat(files.builder()).isNotEmpty();
    assertThat(TensorRtLibraries.loadForBuilding(files)).isEqualTo(110_201);
    // Again is no harm.
    assertThat(TensorRtLibraries.load(files)).isEqualTo(110_201);
    assertThat(nvinfer.NV_TENSORRT_VERSION()).isEqualTo(110_201);
    assertThat(nvonnxparser.getNvOnnxParserVersion()).isPositive();
  }

  @Test
  void anInstallationTellsItsVersion() throws Exception {
    TensorRtInstallation found = TensorRtInstallation.find(Optional.of(UNPACKED), Optional.empty());
    assertThat(found.version()).isEqualTo("11.2.1");
    assertThat(found.library()).exists();
  }

  @Test
  void whatIsNotOfADeviceWorks() throws Exception {
    TensorRtLibraries.load(TensorRtFiles.in(UNPACKED));
    Dims64 dimensions = TensorRtCalls.dimensions(32, 1, 128);
    assertThat(dimensions.nbDims()).isEqualTo(3);
    assertThat(dimensions.d(2)).isEqualTo(128);
    assertThat(TensorRtCalls.stream(4711).address()).isEqualTo(4711);
    assertThat(TensorRtCalls.pointer(1 << 20).address()).isEqualTo(1 << 20);
    assertThat(new TensorRtLog((_, _) -> {}).lastError()).isEmpty();
  }
}
