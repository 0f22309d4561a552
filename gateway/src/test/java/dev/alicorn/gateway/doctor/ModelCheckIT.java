package dev.alicorn.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCheckIT {
  private static final Model MODEL = ModelCatalogue.SMOLLM2_135M_INSTRUCT;

  @TempDir private Path folder = Path.of("");

  @Test
  void aModelThatIsNotFetchedSaysWhatFetchesIt() {
    assertThat(look(MODEL.id()))
        .isEqualTo(
            Diagnosis.none(
                "not fetched (98 MB); the first run that needs it fetches it, or `./alicorn models pull smollm2-135m-instruct` does"));
  }

  @Test
  void aFileCutShortIsWarnedOf() throws IOException {
    write(1_000);

    assertThat(look(MODEL.id())).returns(Verdict.WARN, Diagnosis::verdict);
  }

  @Test
  void aFileOfTheRightSizeAndWrongBytesIsWarnedOf() throws IOException {
    write(MODEL.bytes());

    assertThat(look(MODEL.id()))
        .returns(Verdict.WARN, Diagnosis::verdict)
        .extracting(Diagnosis::sentence)
        .asString()
        .contains(MODEL.path() + " is damaged or not whole; ", "models pull");
  }

  @Test
  void aModelThatNobodyKnowsFails() {
    assertThat(look("smolm"))
        .isEqualTo(
            Diagnosis.fail(
                "the catalogue has no language model smolm; it has [smollm2-135m-instruct]"));
  }

  private Diagnosis look(String id) {
    return new ModelCheck(id, Model.Use.LANGUAGE, new ModelStore(folder)).look();
  }

  private void write(long bytes) throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve(MODEL.path()).toFile(), "rw")) {
      file.setLength(bytes);
    }
  }
}
