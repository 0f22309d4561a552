package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardTest {

  private static String card(SyntheticDataset dataset) {
    return new Card(dataset.facts(), DatasetFormats.all()).text();
  }

  private static SyntheticDataset dataset(int captions, int dimension, boolean imageTower) {
    return new SyntheticDataset(
        1,
        captions,
        dimension,
        Precision.FLOAT32,
        new Transfer(Transfer.Method.MEAN_SHIFT, true),
        imageTower,
        4);
  }

  @Test
  void yamlNamesConfigsAndSize() {
    assertThat(card(dataset(1500, 0, true)))
        .startsWith("---\npretty_name: \"a \\\"toy\\\" job: caf\u00e9\"\nlicense: other\n")
        .contains(
            """
            size_categories:
            - 1K<n<10K
            """,
            """
            configs:
            - config_name: pretrain
              data_files: "data/pretrain-*.parquet"
              default: true
            - config_name: instruct
              data_files: "data/instruct-*.parquet"
            ---
            """);
  }

  @Test
  void setWithoutRowsIsNoConfig() {
    assertThat(card(dataset(1, 3, true))).doesNotContain("config_name: instruct");
  }

  @Test
  void configsNameFilesThatTheHubCanRead() {
    DatasetFacts facts = dataset(2, 3, true).facts();
    assertThat(new Card(facts, List.of(new NpyFormat(4), new WebDatasetFormat(4))).text())
        .contains("data_files: \"webdataset/pretrain-*.tar\"", "load_dataset", "numpy.load");
    assertThat(new Card(facts, List.of(new JsonlFormat())).text())
        .contains("data_files: \"jsonl/instruct.jsonl\"");
    assertThat(new Card(facts, List.of(new NpyFormat(4), new SafetensorsFormat(4))).text())
        .doesNotContain("configs:", "load_dataset");
  }

  @Test
  void encoderWithoutImageTowerIsWarnedOf() {
    assertThat(card(dataset(2, 3, false))).contains("**For trials only.**", "toy-encoder");
    assertThat(card(dataset(2, 3, true))).doesNotContain("**For trials only.**");
  }

  @Test
  void datasetWithoutVectorsSaysSo() {
    assertThat(card(dataset(2, 0, true))).contains("**No vectors.**");
  }
}
