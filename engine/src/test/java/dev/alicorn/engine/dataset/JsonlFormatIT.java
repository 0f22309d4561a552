package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// DuckDB reads what we wrote: another implementation of JSON lines.
class JsonlFormatIT {
  @TempDir Path temp;

  private SyntheticDataset write(int captions) throws Exception {
    SyntheticDataset dataset =
        new SyntheticDataset(
            7,
            captions,
            0,
            Precision.FLOAT32,
            new Transfer(Transfer.Method.MEAN_SHIFT, true),
            true,
            1000);
    dataset.writeInAllFormats(temp.resolve("toy"));
    return dataset;
  }

  private Path file(DatasetSet set) {
    return temp.resolve("toy/jsonl/" + set.key() + ".jsonl");
  }

  @Test
  void everyLineIsARow() throws Exception {
    SyntheticDataset dataset = write(2500);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select id, caption, len(conversations), conversations[1]."from",
                  conversations[1]."value", conversations[-1]."from", conversations[-1]."value"
                from read_json('%s', format = 'newline_delimited', columns = {
                  id: 'varchar', caption: 'varchar',
                  conversations: 'struct("from" varchar, "value" varchar)[]' })
                """
                    .formatted(file(DatasetSet.INSTRUCT)))) {
      for (int ordinal = 2; ordinal <= 2500; ordinal += 2) {
        SampleRow expected = dataset.sampleRow(ordinal);
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo(expected.id().toString());
        assertThat(rows.getString(2)).isEqualTo(expected.caption());
        assertThat(rows.getInt(3)).isEqualTo(expected.turns().size());
        assertThat(rows.getString(4)).isEqualTo("human");
        assertThat(rows.getString(5)).isEqualTo(expected.turns().getFirst().value());
        assertThat(rows.getString(6)).isEqualTo("gpt");
        assertThat(rows.getString(7)).isEqualTo(expected.turns().getLast().value());
      }
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void linesAreTheRowsOfTheTrainersArray() throws Exception {
    write(11);
    for (DatasetSet set : DatasetSet.values()) {
      List<String> array =
          Files.readAllLines(temp.resolve("toy/trainer/" + set.key() + ".json")).stream()
              .filter(line -> line.startsWith("{"))
              .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
              .toList();
      assertThat(Files.readString(file(set), StandardCharsets.US_ASCII))
          .isEqualTo(String.join("\n", array) + "\n");
    }
  }

  @Test
  void setWithoutRowsIsAnEmptyFileOrNone() throws Exception {
    write(0);
    assertThat(file(DatasetSet.PRETRAIN)).isEmptyFile();
    assertThat(file(DatasetSet.INSTRUCT)).doesNotExist();
  }
}
