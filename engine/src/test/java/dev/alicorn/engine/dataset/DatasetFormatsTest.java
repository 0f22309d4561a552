package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetFormatsTest {

  @Test
  void orderOfNamesDoesNotMatter() throws DatasetException {
    assertThat(DatasetFormats.named(List.of("trainer", "parquet")))
        .isEqualTo(DatasetFormats.named(List.of("parquet", "trainer")))
        .isEqualTo(DatasetFormats.all());
  }

  @Test
  void unknownFormatIsNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> DatasetFormats.named(List.of("trainer", "tfrecord")))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "dataset.formats: there is no format \"tfrecord\"; choose from parquet, trainer");
  }
}
