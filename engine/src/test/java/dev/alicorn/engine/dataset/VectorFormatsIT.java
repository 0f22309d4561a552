package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The files of the formats that hold captions' vectors, byte by byte.
class VectorFormatsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 11;
  private static final int DIMENSION = 6;

  /// Rows of each shard.
  private static final int[] SHARDS = {4, 4, 3};

  @TempDir Path temp;

  private SyntheticDataset write(int rows, Precision precision) throws Exception {
    SyntheticDataset dataset =
        new SyntheticDataset(
            3, rows, DIMENSION, precision, new Transfer(Transfer.Method.MEAN_SHIFT, true), true, 4);
    dataset.writeInAllFormats(temp.resolve("toy"));
    return dataset;
  }

  private ByteBuffer read(String file) throws Exception {
    return ByteBuffer.wrap(Files.readAllBytes(temp.resolve("toy").resolve(file)))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String ascii(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void safetensorsHoldOneTensorAShard(Precision precision) throws Exception {
    SyntheticDataset dataset = write(ROWS, precision);
    int ordinal = 1;
    for (int shard = 0; shard < SHARDS.length; shard++) {
      String label = "0000%s-of-00003".formatted(shard);
      ByteBuffer file = read("safetensors/embeddings-" + label + ".safetensors");
      int length = Math.toIntExact(file.getLong());
      assertThat(length % 8).isZero();
      JsonNode header = JSON.readTree(ascii(file, length));
      assertThat(header).hasSize(1);
      assertThat(header.at("/embeddings/dtype").asText())
          .isEqualTo(precision == Precision.FLOAT16 ? "F16" : "F32");
      assertThat(header.at("/embeddings/shape/0").asInt()).isEqualTo(SHARDS[shard]);
      assertThat(header.at("/embeddings/shape/1").asInt()).isEqualTo(DIMENSION);
      assertThat(header.at("/embeddings/data_offsets/0").asInt()).isZero();
      assertThat(header.at("/embeddings/data_offsets/1").asInt()).isEqualTo(file.remaining());
      assertRows(dataset, ordinal, SHARDS[shard], precision, file);
      assertNames(dataset, ordinal, SHARDS[shard], "safetensors/ids-" + label + ".jsonl");
      ordinal += SHARDS[shard];
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void npyHoldsOneArrayAShard(Precision precision) throws Exception {
    SyntheticDataset dataset = write(ROWS, precision);
    int ordinal = 1;
    for (int shard = 0; shard < SHARDS.length; shard++) {
      String label = "0000%s-of-00003".formatted(shard);
      ByteBuffer file = read("npy/embeddings-" + label + ".npy");
      assertThat(file.getLong()).isEqualTo(0x0001_5950_4D55_4E93L);
      String header = ascii(file, file.getShort());
      assertThat(file.position() % 64).isZero();
      assertThat(header)
          .startsWith(
              "{'descr': '%s', 'fortran_order': False, 'shape': (%d, 6), }"
                  .formatted(precision == Precision.FLOAT16 ? "<f2" : "<f4", SHARDS[shard]))
          .endsWith("\n");
      assertRows(dataset, ordinal, SHARDS[shard], precision, file);
      assertNames(dataset, ordinal, SHARDS[shard], "npy/ids-" + label + ".jsonl");
      ordinal += SHARDS[shard];
    }
  }

  @Test
  void datasetWithoutRowsHasOneShardOfNone() throws Exception {
    write(0, Precision.FLOAT32);
    ByteBuffer tensors = read("safetensors/embeddings-00000-of-00001.safetensors");
    JsonNode header = JSON.readTree(ascii(tensors, Math.toIntExact(tensors.getLong())));
    assertThat(header.at("/embeddings/shape").toString()).isEqualTo("[0,6]");
    assertThat(tensors.remaining()).isZero();
    assertThat(
            new String(
                read("npy/embeddings-00000-of-00001.npy").array(), StandardCharsets.ISO_8859_1))
        .contains("'shape': (0, 6), }");
    assertThat(read("npy/ids-00000-of-00001.jsonl").remaining()).isZero();
  }

  private static void assertRows(
      SyntheticDataset dataset, int first, int rows, Precision precision, ByteBuffer file) {
    for (int row = 0; row < rows; row++) {
      byte[] bytes = new byte[DIMENSION * precision.bytes()];
      file.get(bytes);
      assertThat(bytes)
          .isEqualTo(
              VectorBytes.bytes(dataset.captionRow(first + row).vector().orElseThrow(), precision));
    }
    assertThat(file.hasRemaining()).isFalse();
  }

  private void assertNames(SyntheticDataset dataset, int first, int rows, String file)
      throws Exception {
    List<String> lines =
        Files.readAllLines(temp.resolve("toy").resolve(file), StandardCharsets.US_ASCII);
    assertThat(lines).hasSize(rows);
    for (int row = 0; row < rows; row++) {
      CaptionRow expected = dataset.captionRow(first + row);
      JsonNode line = JSON.readTree(lines.get(row));
      assertThat(line.get("id").textValue()).isEqualTo(expected.id().toString());
      assertThat(line.get("caption").textValue()).isEqualTo(expected.caption());
    }
  }
}
