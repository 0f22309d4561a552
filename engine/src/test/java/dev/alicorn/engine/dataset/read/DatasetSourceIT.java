package dev.alicorn.engine.dataset.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.engine.dataset.CaptionRow;
import dev.alicorn.engine.dataset.DatasetFormat;
import dev.alicorn.engine.dataset.DatasetFormats;
import dev.alicorn.engine.dataset.DatasetRow;
import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.dataset.SyntheticDataset;
import dev.alicorn.engine.format.NumberType;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written in a format is read from it again.
class DatasetSourceIT {
  private static final int CAPTIONS = 50;

  private static final SyntheticDataset DATASET =
      new SyntheticDataset(
          3,
          CAPTIONS,
          8,
          Precision.FLOAT32,
          new Transfer(Transfer.Method.MEAN_SHIFT, true),
          true,
          20);

  @TempDir static Path temp = Path.of("");
  private static Path folder = Path.of("");

  @BeforeAll
  static void write() throws Exception {
    folder = temp.resolve("toy");
    DATASET.writeInAllFormats(folder);
  }

  private static FormatSource format(String name) throws Exception {
    return DatasetSource.open(folder).format(name).orElseThrow();
  }

  private static List<Row> rows(FormatSource format, DatasetSet set) throws Exception {
    List<Row> rows = new ArrayList<>();
    long count = format.rows(set, row -> rows.add((Row) row));
    assertThat(count).isEqualTo(rows.size());
    return rows;
  }

  private static List<Vector> vectors(FormatSource format, DatasetSet set) throws Exception {
    List<Vector> vectors = new ArrayList<>();
    long count = format.vectors(set, vector -> vectors.add((Vector) vector));
    assertThat(count).isEqualTo(vectors.size());
    return vectors;
  }

  private static void assertSame(Row read, DatasetRow written) {
    assertThat(read.id()).isEqualTo(written.id().toString());
    assertThat(read.caption()).contains(written.caption());
    assertThat(read.conversation())
        .isEqualTo(
            written.turns().stream()
                .map(turn -> new Spoken(turn.from().key(), turn.value()))
                .toList());
  }

  @Test
  void formatsAreFoundInTheirOrder() throws Exception {
    DatasetSource source = DatasetSource.open(folder);
    assertThat(source.formats())
        .extracting(FormatSource::name)
        .containsExactly("trainer", "parquet", "jsonl", "webdataset", "safetensors", "npy");
    assertThat(source.withRows(DatasetSet.INSTRUCT).orElseThrow().name()).isEqualTo("trainer");
    assertThat(source.withVectors().orElseThrow().name()).isEqualTo("trainer");
    assertThat(source.files()).contains("manifest.json", "transfer.safetensors");
    assertThat(source.format("none")).isEmpty();
  }

  @Test
  void everyFormatThatIsWrittenIsRead() {
    assertThat(FormatReaders.ALL)
        .extracting(FormatReader::name)
        .containsExactlyInAnyOrderElementsOf(
            DatasetFormats.all().stream().map(DatasetFormat::name).toList());
  }

  @Test
  void whatIsNoFolderIsRefused() {
    assertThatThrownBy(() -> DatasetSource.open(temp.resolve("nowhere")))
        .isInstanceOf(NotDirectoryException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trainer", "parquet", "jsonl", "webdataset"})
  void conversationsAreThoseThatWereWritten(String name) throws Exception {
    List<Row> captions = rows(format(name), DatasetSet.PRETRAIN);
    assertThat(captions).hasSize(CAPTIONS);
    for (int i = 0; i < CAPTIONS; i++) {
      assertSame(captions.get(i), DATASET.captionRow(i + 1));
    }
    List<Row> samples = rows(format(name), DatasetSet.INSTRUCT);
    assertThat(samples).hasSize(CAPTIONS / 2);
    for (int i = 0; i < samples.size(); i++) {
      assertSame(samples.get(i), DATASET.sampleRow(2 * (i + 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"safetensors", "npy"})
  void matricesHaveTheirCaptions(String name) throws Exception {
    List<Row> captions = rows(format(name), DatasetSet.PRETRAIN);
    assertThat(captions).hasSize(CAPTIONS);
    for (int i = 0; i < CAPTIONS; i++) {
      CaptionRow written = DATASET.captionRow(i + 1);
      assertThat(captions.get(i).id()).isEqualTo(written.id().toString());
      assertThat(captions.get(i).caption()).contains(written.caption());
      assertThat(captions.get(i).conversation()).isEmpty();
    }
    assertThat(rows(format(name), DatasetSet.INSTRUCT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"trainer", "parquet", "webdataset", "safetensors", "npy"})
  void vectorsAreThoseThatWereWritten(String name) throws Exception {
    List<Vector> vectors = vectors(format(name), DatasetSet.PRETRAIN);
    assertThat(vectors).hasSize(CAPTIONS);
    for (int i = 0; i < CAPTIONS; i++) {
      assertThat(vectors.get(i).id()).isEqualTo(Integer.toString(i + 1));
      assertThat(vectors.get(i).type()).isEqualTo(NumberType.FLOAT32);
      assertThat(Optional.of(vectors.get(i).values()))
          .isEqualTo(DATASET.captionRow(i + 1).vector());
    }
  }

  @Test
  void parquetSaysWhereRowsComeFrom() throws Exception {
    Row third = rows(format("parquet"), DatasetSet.PRETRAIN).get(2);
    assertThat(third.place()).isEqualTo(new Place("data/pretrain-00000-of-00003.parquet", 3));
    assertThat(third.origin())
        .isEqualTo(
            new Origin(
                Optional.of("boat 6"),
                Optional.of("captions.jsonl"),
                Optional.of("boats"),
                Optional.empty(),
                Optional.of("toy-llm")));
    assertThat(rows(format("parquet"), DatasetSet.INSTRUCT).getFirst().origin().task())
        .contains(DATASET.sampleRow(2).task().name().key());
  }
}
