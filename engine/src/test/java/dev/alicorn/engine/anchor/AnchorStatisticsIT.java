package dev.alicorn.engine.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.format.EmbeddingRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that numpy wrote (`make.py` beside them) and that DuckDB writes, against what numpy found
/// in them.
class AnchorStatisticsIT {
  private static final List<String> FILES =
      List.of(
          "version1.npy",
          "version2.npy",
          "version3.npy",
          "fortran.npy",
          "vector.npy",
          "integers.npy",
          "bigendian.npy",
          "nan.npy",
          "zero.npy",
          "float32.safetensors",
          "several.safetensors",
          "expected.json");

  @TempDir private Path folder = Path.of("");
  private JsonNode expected = new ObjectMapper().nullNode();

  @BeforeEach
  void copyFiles() throws IOException {
    for (String file : FILES) {
      try (InputStream in =
          Objects.requireNonNull(AnchorStatisticsIT.class.getResourceAsStream(file))) {
        Files.copy(in, folder.resolve(file));
      }
    }
    expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
  }

  private AnchorStatistics of(String... files) throws Exception {
    return of(Optional.empty(), Optional.empty(), files);
  }

  private AnchorStatistics of(Optional<String> tensor, Optional<String> column, String... files)
      throws Exception {
    return AnchorStatistics.of(Arrays.stream(files).map(folder::resolve).toList(), tensor, column);
  }

  private void assertFound(AnchorStatistics statistics, String numbers) {
    JsonNode numpy = expected.get(numbers);
    double[] mean = new double[8];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = numpy.get("mean").get(j).asDouble();
    }
    assertThat(statistics.rows()).isEqualTo(24);
    assertThat(statistics.dimension()).isEqualTo(8);
    assertThat(statistics.distance(mean)).as(numbers).isLessThan(1e-12);
    assertThat(statistics.trace())
        .as(numbers)
        .isCloseTo(numpy.get("trace").asDouble(), within(1e-12));
    assertThat(1 - Math.pow(statistics.meanLength(), 2))
        .isCloseTo(statistics.trace(), within(1e-12));
  }

  @Test
  void npyOfEachVersionAndWidth() throws Exception {
    assertFound(of("version1.npy"), "float32");
    assertFound(of("version2.npy"), "float16");
    assertFound(of("version3.npy"), "float64");
  }

  @Test
  void safetensorsOfEachWidth() throws Exception {
    assertFound(of("float32.safetensors"), "float32");
    assertFound(of(Optional.of("half"), Optional.empty(), "several.safetensors"), "float16");
    assertFound(of(Optional.of("brain"), Optional.empty(), "several.safetensors"), "bfloat16");
    assertFound(of(Optional.of("double"), Optional.empty(), "several.safetensors"), "float64");
  }

  @Test
  void parquetOfEachCompression() throws Exception {
    for (String codec : List.of("uncompressed", "snappy", "gzip", "zstd")) {
      parquet(codec + ".parquet", "v::FLOAT[] AS embedding", "codec " + codec);
      assertFound(of(codec + ".parquet"), "float32");
    }
  }

  @Test
  void parquetOfEachKindOfList() throws Exception {
    parquet("fixed.parquet", "v::FLOAT[8] AS embedding, n", "codec zstd, row_group_size 2048");
    assertFound(of("fixed.parquet"), "float32");
    parquet("two.parquet", "v::FLOAT[] AS single, v AS double", "codec snappy");
    assertFound(of(Optional.empty(), Optional.of("single"), "two.parquet"), "float32");
    assertThat(of(Optional.empty(), Optional.of("double"), "two.parquet").rows()).isEqualTo(24);
  }

  /// Writes the rows of the float32 file.
  private void parquet(String name, String columns, String options) throws Exception {
    List<String> rows = new ArrayList<>();
    try (EmbeddingRows read =
        EmbeddingRows.open(folder.resolve("version1.npy"), Optional.empty(), Optional.empty())) {
      double[] row;
      while ((row = read.next()) != null) {
        rows.add("(" + rows.size() + ", " + Arrays.toString(row) + "::DOUBLE[])");
      }
    }
    duckDb(
        "COPY (SELECT "
            + columns
            + " FROM (VALUES "
            + String.join(", ", rows)
            + ") AS t(n, v) ORDER BY n) TO '"
            + folder.resolve(name)
            + "' (FORMAT parquet, "
            + options
            + ")");
  }

  private static void duckDb(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void orderOfFilesDoesNotChangeABit() throws Exception {
    List<String> files =
        new ArrayList<>(
            List.of("version1.npy", "version2.npy", "version3.npy", "float32.safetensors"));
    byte[] wanted = written(of(files.toArray(String[]::new)));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      Collections.shuffle(files, random);
      assertThat(written(of(files.toArray(String[]::new)))).as("seed %d", seed).isEqualTo(wanted);
    }
    assertThat(of(files.toArray(String[]::new)).rows()).isEqualTo(96);
  }

  private static byte[] written(AnchorStatistics statistics) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    statistics.write(out);
    return out.toByteArray();
  }

  @Test
  void vectorsAreReadByName() throws Exception {
    double[] mean = AnchorStatistics.vector(folder.resolve("several.safetensors"), "mean");
    for (int j = 0; j < mean.length; j++) {
      assertThat(mean[j]).isEqualTo(expected.get("vector").get(j).asDouble());
    }
    assertThatThrownBy(() -> AnchorStatistics.vector(folder.resolve("several.safetensors"), "half"))
        .isInstanceOf(AnchorException.class)
        .hasMessageContaining("tensor half is no vector");
  }

  @Test
  void whatIsNoMatrixOfFloatsIsToldOf() throws Exception {
    refuses("fortran.npy", "it is in Fortran's order; save numpy.ascontiguousarray(x)");
    refuses("vector.npy", "its shape is (8,); save [rows, dimension]");
    refuses("integers.npy", "its numbers are <i8; save them as little-endian floats");
    refuses("bigendian.npy", "its numbers are >f4; save them as little-endian floats");
    refuses(
        "several.safetensors",
        "it has several matrices; name one of [brain, double, half] with --tensor");
    refuses("expected.json", "it is neither npy nor safetensors nor Parquet");
    duckDb("COPY (SELECT 1 AS n) TO '" + folder.resolve("n.parquet") + "' (FORMAT parquet)");
    refuses("n.parquet", "it has no column of lists of floats; write one");
    duckDb(
        "COPY (SELECT [1.5::FLOAT] AS a, [2.5::FLOAT] AS b) TO '"
            + folder.resolve("ab.parquet")
            + "' (FORMAT parquet)");
    refuses("ab.parquet", "name one of [a, b] with --column");
    assertThatThrownBy(() -> of(Optional.of("none"), Optional.empty(), "float32.safetensors"))
        .isInstanceOf(AnchorException.class)
        .hasMessageContaining("it has no tensor none; --tensor names one of [embeddings]");
    assertThatThrownBy(() -> of(Optional.empty(), Optional.of("none"), "ab.parquet"))
        .isInstanceOf(AnchorException.class)
        .hasMessageContaining(
            "it has no column none of lists of floats; --column names one of [a, b]");
  }

  @Test
  void rowsWithoutDirectionAreRefusedWithFileAndRow() throws Exception {
    refuses("nan.npy", "nan.npy, row 2 (from 0): it has a NaN or an infinity");
    refuses("zero.npy", "zero.npy, row 3 (from 0): it is zero");
    duckDb(
        "COPY (SELECT * FROM (VALUES ([1::FLOAT, 2]), ([1::FLOAT, NULL])) AS t(v)) TO '"
            + folder.resolve("null.parquet")
            + "' (FORMAT parquet)");
    refuses("null.parquet", "null.parquet, row 1 (from 0): it is empty or has a null");
    duckDb(
        "COPY (SELECT * FROM (VALUES ([1::FLOAT, 2]), ([1::FLOAT, 2, 3])) AS t(v)) TO '"
            + folder.resolve("ragged.parquet")
            + "' (FORMAT parquet)");
    refuses("ragged.parquet", "row 1 (from 0): it has 3 numbers and the rows before it 2");
  }

  @Test
  void filesThatAreCutOffAreToldOf() throws Exception {
    parquet("whole.parquet", "v::FLOAT[] AS embedding", "codec snappy");
    for (String name : List.of("version1.npy", "float32.safetensors")) {
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      for (int length = 6; length < whole.length; length += 97) {
        Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> of(name)).as("%s", length).isInstanceOf(AnchorException.class);
      }
    }
    byte[] whole = Files.readAllBytes(folder.resolve("whole.parquet"));
    Files.write(folder.resolve("whole.parquet"), Arrays.copyOf(whole, whole.length - 7));
    refuses("whole.parquet", "it is no whole Parquet file; write it again");
  }

  private void refuses(String file, String why) {
    assertThatThrownBy(() -> of(file))
        .isInstanceOf(AnchorException.class)
        .hasMessageStartingWith(folder.resolve(file).toString())
        .hasMessageContaining(why);
  }
}
