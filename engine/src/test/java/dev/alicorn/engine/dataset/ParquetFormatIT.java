package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// DuckDB reads what we wrote: another implementation of Parquet.
class ParquetFormatIT {
  private static final int ROWS = 2500;
  private static final int DIMENSION = 48;

  @TempDir Path temp;

  private SyntheticDataset write(Precision precision) throws Exception {
    SyntheticDataset dataset =
        new SyntheticDataset(
            5,
            ROWS,
            DIMENSION,
            precision,
            new Transfer(Transfer.Method.MEAN_SHIFT, true),
            true,
            1000);
    dataset.write(temp.resolve("toy"));
    return dataset;
  }

  private String files(DatasetSet set) {
    return "read_parquet('" + temp.resolve("toy/data/" + set.key() + "-*.parquet") + "')";
  }

  private static ResultSet one(Statement statement, String query) throws SQLException {
    ResultSet result = statement.executeQuery(query);
    assertThat(result.next()).isTrue();
    return result;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void rowsLengthsAndSumsAreWhatWasWritten(Precision precision) throws Exception {
    SyntheticDataset dataset = write(precision);
    double sum = 0;
    long characters = 0;
    BigDecimal cost = BigDecimal.ZERO;
    for (int ordinal = 1; ordinal <= ROWS; ordinal++) {
      CaptionRow row = dataset.captionRow(ordinal);
      Embedding vector = row.vector().orElseThrow();
      for (int j = 0; j < DIMENSION; j++) {
        float value = vector.get(j);
        sum +=
            switch (precision) {
              case FLOAT32 -> value;
              case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(value));
            };
      }
      characters += row.caption().codePointCount(0, row.caption().length());
      cost = cost.add(row.lineage().cost());
    }
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet result =
            one(
                statement,
                """
                select count(*), count(distinct id), sum(length(caption)), min(len(embedding)),
                  max(len(embedding)), sum(list_sum(list_transform(embedding, x -> x::double))),
                  sum(cost), min(id::bigint), max(id::bigint), count(domain),
                  min(len(conversations)), max(len(conversations))
                from %s
                """
                    .formatted(files(DatasetSet.PRETRAIN)))) {
      assertThat(result.getLong(1)).isEqualTo(ROWS);
      assertThat(result.getLong(2)).isEqualTo(ROWS);
      assertThat(result.getLong(3)).isEqualTo(characters);
      assertThat(result.getInt(4)).isEqualTo(DIMENSION);
      assertThat(result.getInt(5)).isEqualTo(DIMENSION);
      assertThat(result.getDouble(6)).isCloseTo(sum, within(1e-7));
      assertThat(result.getBigDecimal(7)).isEqualByComparingTo(cost);
      assertThat(result.getLong(8)).isEqualTo(1);
      assertThat(result.getLong(9)).isEqualTo(ROWS);
      assertThat(result.getLong(10)).isEqualTo(ROWS / 3);
      assertThat(result.getLong(11)).isEqualTo(2);
      assertThat(result.getLong(12)).isEqualTo(2);
    }
  }

  @Test
  void sampleKeepsEveryField() throws Exception {
    SyntheticDataset dataset = write(Precision.FLOAT32);
    SampleRow expected = dataset.sampleRow(6);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet result =
            one(statement, "select * from " + files(DatasetSet.INSTRUCT) + " where id = '6'")) {
      assertThat(result.getString("task")).isEqualTo(expected.task().name().key());
      assertThat(result.getString("caption")).isEqualTo(expected.caption());
      assertThat(result.getString("source")).isEqualTo("captions.jsonl");
      assertThat(result.getString("seed_id")).isEqualTo("line 6");
      assertThat(result.getString("seed")).isEqualTo(expected.lineage().seed());
      assertThat(result.getString("domain")).isEqualTo("boats");
      assertThat(result.getString("model")).isEqualTo("toy-llm");
      assertThat(result.getString("prompt_sha256")).isEqualTo(expected.lineage().prompt().hex());
      assertThat(result.getLong("input_tokens")).isEqualTo(106);
      assertThat(result.getLong("output_tokens")).isEqualTo(50);
      assertThat(result.getBigDecimal("cost")).isEqualByComparingTo(expected.lineage().cost());
      assertThat(result.getString("currency")).isEqualTo("USD");
      Array conversations = result.getArray("conversations");
      Object[] turns = (Object[]) conversations.getArray();
      assertThat(turns).hasSize(4);
      for (int i = 0; i < turns.length; i++) {
        Turn turn = expected.turns().get(i);
        assertThat(((Struct) turns[i]).getAttributes())
            .containsExactly(turn.from().key(), turn.value());
      }
      Object[] values = (Object[]) result.getArray("embedding").getArray();
      Embedding vector = expected.vector().orElseThrow();
      for (int j = 0; j < DIMENSION; j++) {
        assertThat(values[j]).isEqualTo(vector.get(j));
      }
    }
  }
}
