package dev.alicorn.gpuworker.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.gpuworker.EncoderException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorRtFilesIT {
  @TempDir Path folder;

  @Test
  void librariesAreFoundWhereNvidiasArchiveAndTheJarHaveThem() throws Exception {
    for (String place : List.of("a", "b/lib", "c/org/bytedeco/tensorrt/linux-x86_64")) {
      Path at = Files.createDirectories(folder.resolve(place));
      Files.writeString(at.resolve("libnvinfer.so.11"), "");
      Files.writeString(at.resolve("libnvonnxparser.so.11"), "");
      Files.writeString(at.resolve("libnvinfer_builder_resource_ptx.so.11.2.1"), "");
      TensorRtFiles files = TensorRtFiles.in(folder.resolve(place.substring(0, 1)));
      assertThat(files.infer()).isEqualTo(at.resolve("libnvinfer.so.11"));
      assertThat(files.builder())
          .containsExactly(at.resolve("libnvinfer_builder_resource_ptx.so.11.2.1"));
    }
  }

  @Test
  void aMissingLibraryIsNamed() throws Exception {
    assertThatThrownBy(() -> TensorRtFiles.in(folder))
        .isInstanceOf(EncoderException.class)
        .hasMessageStartingWith("TensorRT: there is no libnvinfer.so.11 in " + folder + "; name");
    Files.writeString(folder.resolve("libnvinfer.so.11"), "");
    assertThatThrownBy(() -> TensorRtFiles.in(folder))
        .hasMessageStartingWith("TensorRT: there is no libnvonnxparser.so.11 in " + folder);
  }

  @Test
  void whatIsNoLibraryDoesNotLoad() throws Exception {
    Path infer = Files.writeString(folder.resolve("libnvinfer.so.11"), "no library");
    assertThatThrownBy(() -> TensorRtLibraries.load(new TensorRtFiles(infer, infer, List.of())))
        .isInstanceOf(EncoderException.class)
        .hasMessageStartingWith("TensorRT: " + infer + " does not load (");
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> TensorRtLibraries.requireVersion(101_104, Path.of("/x")))
        .hasMessage(
            "TensorRT: /x is version 10.11.4 and 11.2 is needed; name the folder of that version's libraries");
  }

  @Test
  void theDeploymentGoesBeforeTheEnvironment() throws Exception {
    assertThat(TensorRtFiles.folder(Optional.of(folder), Optional.of("/else"))).isEqualTo(folder);
    assertThat(TensorRtFiles.folder(Optional.empty(), Optional.of("/else")))
        .isEqualTo(Path.of("/else"));
    assertThatThrownBy(() -> TensorRtFiles.folder(Optional.empty(), Optional.of("")))
        .hasMessageStartingWith("TensorRT: its libraries are not known; name their folder");
  }
}
