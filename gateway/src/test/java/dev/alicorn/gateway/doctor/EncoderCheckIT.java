package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.EncoderConfig;
import dev.alicorn.config.EncoderSource;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderCheckIT {
  private static final String MINILM = ModelCatalogue.ALL_MINILM_L6_V2.id();

  @TempDir private Path folder = Path.of("");

  @Test
  void encodesACaption() throws Exception {
    Path encoder = new ModelStore(folder).fetch(ModelCatalogue.ALL_MINILM_L6_V2, Progress.NONE);

    for (EncoderSource source :
        new EncoderSource[] {
          new EncoderSource.Catalogue(MINILM), new EncoderSource.Folder(encoder)
        }) {
      assertThat(look(source))
          .returns(Verdict.OK, Diagnosis::verdict)
          .extracting(Diagnosis::sentence)
          .asString()
          .matches(".+, 384 dimensions, opened in [0-9.]+ m?s, its first caption in [0-9.]+ m?s");
    }
  }

  @Test
  void anEncoderThatIsNotFetchedIsLeftSo() throws IOException {
    assertThat(look(new EncoderSource.Catalogue(MINILM)))
        .isEqualTo(Diagnosis.none("not tried, since all-minilm-l6-v2 is not fetched"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void anEncoderThatDoesNotOpenFails() {
    assertThat(look(new EncoderSource.Catalogue("bge")))
        .returns(Verdict.FAIL, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .startsWith("the catalogue has no text encoder bge; it has [");
    assertThat(look(new EncoderSource.Folder(folder)))
        .returns(Verdict.FAIL, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .startsWith("encoder " + folder + ": there is no encoder.conf");
  }

  private Diagnosis look(EncoderSource source) {
    return new EncoderCheck(
            "e", new EncoderConfig.Onnx(source, OptionalInt.empty(), 0), new ModelStore(folder))
        .look();
  }
}
