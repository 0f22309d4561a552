package dev.alicorn.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import dev.alicorn.protocol.JobSpec.Transfer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The tar shards, block by block, as POSIX describes `ustar`.
class WebDatasetFormatIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BLOCK = 512;

  @TempDir Path temp;

  /// @param head everything between the name and the size, and between the checksum's end and the
  ///   header's
  private record Entry(String name, String head, Bytes content) {}

  private SyntheticDataset write(int captions, int dimension, Precision precision)
      throws Exception {
    SyntheticDataset dataset =
        new SyntheticDataset(
            3,
            captions,
            dimension,
            precision,
            new Transfer(Transfer.Method.MEAN_SHIFT, true),
            true,
            4);
    dataset.writeInAllFormats(temp.resolve("toy"));
    return dataset;
  }

  private List<Entry> entries(String tar) throws Exception {
    byte[] bytes = Files.readAllBytes(temp.resolve("toy/webdataset").resolve(tar));
    assertThat(bytes.length % BLOCK).isZero();
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (bytes[at] != 0) {
      int size = Integer.parseInt(text(bytes, at + 124, 11), 8);
      assertThat(checksum(bytes, at)).isEqualTo(Integer.parseInt(text(bytes, at + 148, 6), 8));
      entries.add(
          new Entry(
              text(bytes, at, 100).replace("\0", ""),
              text(bytes, at + 100, 24) + text(bytes, at + 136, 12) + text(bytes, at + 156, 356),
              Bytes.wrap(Arrays.copyOfRange(bytes, at + BLOCK, at + BLOCK + size))));
      at += BLOCK + Math.ceilDiv(size, BLOCK) * BLOCK;
    }
    assertThat(Arrays.copyOfRange(bytes, at, bytes.length))
        .as("two blocks of zeros at least")
        .containsOnly(0)
        .hasSizeGreaterThanOrEqualTo(2 * BLOCK);
    return entries;
  }

  private static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.US_ASCII);
  }

  /// The sum of the header's bytes, its checksum taken for spaces.
  private static int checksum(byte[] bytes, int header) {
    return IntStream.range(0, BLOCK)
        .map(i -> i >= 148 && i < 156 ? ' ' : Byte.toUnsignedInt(bytes[header + i]))
        .sum();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void eachRowIsItsConversationAndItsVector(Precision precision) throws Exception {
    SyntheticDataset dataset = write(11, 6, precision);
    List<Entry> entries = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      entries.addAll(entries("pretrain-0000" + shard + "-of-00003.tar"));
    }
    assertThat(entries).hasSize(22);
    for (int ordinal = 1; ordinal <= 11; ordinal++) {
      assertRow(
          dataset.captionRow(ordinal),
          precision,
          entries.get(2 * ordinal - 2),
          entries.get(2 * ordinal - 1));
    }
    List<Entry> samples = new ArrayList<>(entries("instruct-00000-of-00002.tar"));
    samples.addAll(entries("instruct-00001-of-00002.tar"));
    assertThat(samples)
        .extracting(Entry::name)
        .isEqualTo(
            Stream.of(2, 4, 6, 8, 10).flatMap(id -> Stream.of(id + ".json", id + ".npy")).toList());
    assertRow(dataset.sampleRow(2), precision, samples.get(0), samples.get(1));
  }

  private static void assertRow(
      DatasetRow row, Precision precision, Entry conversation, Entry vector) throws Exception {
    assertThat(conversation.name()).isEqualTo(row.id() + ".json");
    JsonNode json = JSON.readTree(conversation.content().toArray());
    assertThat(json.get("id").textValue()).isEqualTo(row.id().toString());
    assertThat(json.get("caption").textValue()).isEqualTo(row.caption());
    assertThat(json.get("conversations")).hasSize(row.turns().size());
    assertThat(vector.name()).isEqualTo(row.id() + ".npy");
    byte[] front = Npy.front(precision, 6);
    byte[] content = vector.content().toArray();
    assertThat(content).startsWith(front);
    assertThat(Arrays.copyOfRange(content, front.length, content.length))
        .isEqualTo(VectorBytes.bytes(row.vector().orElseThrow(), precision));
  }

  @Test
  void headersSayNothingOfTimeAndUser() throws Exception {
    write(2, 6, Precision.FLOAT32);
    String octals = "0100644 " + "0000000 " + "0000000 " + "00000000000 ";
    assertThat(entries("pretrain-00000-of-00001.tar"))
        .hasSize(4)
        .allSatisfy(entry ->
            assertThat(entry.head())
                .isEqualTo(
                    octals
                        + "0"
                        + "\0".repeat(100)
                        + "ustar\0"
                        + "00"
                        + "\0".repeat(64)
                        + "0000000 "
                        + "0000000 "
                        + "\0".repeat(167)));
  }

  @Test
  void withoutVectorsThereAreConversationsAlone() throws Exception {
    write(3, 0, Precision.FLOAT32);
    assertThat(entries("pretrain-00000-of-00001.tar"))
        .extracting(Entry::name)
        .containsExactly("1.json", "2.json", "3.json");
  }

  @Test
  void datasetWithoutRowsHasAnEmptyTar() throws Exception {
    write(0, 6, Precision.FLOAT32);
    assertThat(entries("pretrain-00000-of-00001.tar")).isEmpty();
  }
}
