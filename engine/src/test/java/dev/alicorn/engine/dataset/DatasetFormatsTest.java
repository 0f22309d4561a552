package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetFormatsTest {
  private static final List<String> NAMES =
      List.of("parquet", "trainer", "jsonl", "safetensors", "npy", "webdataset");

  @Test
  void orderOfNamesDoesNotMatter() throws ConfigException {
    assertThat(DatasetFormats.named(NAMES.reversed(), true))
        .isEqualTo(DatasetFormats.named(NAMES, true))
        .isEqualTo(DatasetFormats.all());
    assertThat(DatasetFormats.named(List.of("jsonl", "parquet"), true))
        .extracting(DatasetFormat::name)
        .containsExactly("parquet", "jsonl");
  }

  @Test
  void unknownFormatIsNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> DatasetFormats.named(List.of("trainer", "tfrecord"), true))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "dataset.formats: there is no format \"tfrecord\"; choose from parquet, trainer, jsonl,"
                + " safetensors, npy, webdataset");
  }

  @Test
  void formatOfVectorsIsRefusedWithoutVectors() throws ConfigException {
    for (String name : List.of("safetensors", "npy")) {
      assertThatThrownBy(() -> DatasetFormats.named(List.of("trainer", name), false))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "dataset.formats: \"%s\" holds vectors and the job has no encoder to make them; name"
                      .formatted(name)
                  + " another format, or an encoder in a new job");
    }
    assertThat(DatasetFormats.named(List.of("parquet", "trainer", "jsonl", "webdataset"), false))
        .hasSize(4);
  }
}
