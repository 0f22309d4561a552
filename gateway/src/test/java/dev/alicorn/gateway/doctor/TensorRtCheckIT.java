package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorRtCheckIT {
  @TempDir Path folder;

  @Test
  void isNotLookedForWhereNobodyNeedsIt() {
    assertThat(new TensorRtCheck(Optional.empty(), Optional.empty(), false).look().verdict())
        .isEqualTo(Verdict.NONE);
  }

  @Test
  void failsWithItsMendWhereAnEncoderNeedsIt() {
    assertThat(new TensorRtCheck(Optional.empty(), Optional.empty(), true).look())
        .isEqualTo(
            Diagnosis.fail(
                "TensorRT: its libraries are not known; name their folder as libraries of the encoder or in TENSORRT_HOME, docs/gpu.md says where they come from"));
    Diagnosis missing = new TensorRtCheck(Optional.of(folder), Optional.empty(), true).look();
    assertThat(missing.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(missing.sentence())
        .startsWith("TensorRT: there is no libnvinfer.so.11 in " + folder + "; ");
  }

  @Test
  void warnsOfLibrariesThatAreNone() throws Exception {
    Files.writeString(folder.resolve("libnvinfer.so.11"), "no library");
    Files.writeString(folder.resolve("libnvonnxparser.so.11"), "no library");
    Diagnosis broken =
        new TensorRtCheck(Optional.empty(), Optional.of(folder.toString()), false).look();
    assertThat(broken.verdict()).isEqualTo(Verdict.WARN);
    assertThat(broken.sentence())
        .startsWith("TensorRT: " + folder.resolve("libnvinfer.so.11") + " does not load (");
  }
}
