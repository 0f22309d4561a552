package dev.alicorn.engine.validate;

import dev.alicorn.engine.validate.PickleValue.Array;
import dev.alicorn.engine.validate.PickleValue.Dict;
import dev.alicorn.engine.validate.PickleValue.Forgotten;
import dev.alicorn.engine.validate.PickleValue.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The reading of all pickled embeddings of a dataset, shard by shard.
final class EmbeddingScan {
  private static final String SHARED =
      "the record shares its data with an earlier one; give each record its own";

  private final IdIndex ids;
  private final Findings findings;
  private final List<ShardStatistics> shards = new ArrayList<>();
  private OptionalInt dimension;
  private boolean complete = true;
  private long rows;

  /// @param dimension the manifest's, else the first vector decides
  EmbeddingScan(OptionalInt dimension, IdIndex ids, Findings findings) {
    this.dimension = dimension;
    this.ids = ids;
    this.findings = findings;
  }

  void file(String name, Path file) throws IOException {
    Shard shard = new Shard(name);
    try (InputStream in = Files.newInputStream(file)) {
      new PickleMachine(new PickleInput(in), shard::item).run();
    } catch (PickleException e) {
      complete = false;
      findings.add(e.check(), name, e.sentence());
    }
    if (shard.statistics != null) {
      shards.add(shard.statistics);
    }
  }

  /// Whether every file was read to its end, so that an id without embedding has none.
  boolean complete() {
    return complete;
  }

  long rows() {
    return rows;
  }

  List<ShardStatistics> shards() {
    return shards;
  }

  /// One file's items.
  private final class Shard {
    private final String name;
    private long row;
    private @Nullable ShardStatistics statistics;

    Shard(String name) {
      this.name = name;
    }

    void item(long itemRow, PickleValue item) {
      row = itemRow;
      rows++;
      if (item instanceof Forgotten) {
        malformed("", SHARED);
        return;
      }
      if (!(item instanceof Dict(var fields))) {
        malformed("", "the item is no dict; write {\"id\": text, \"embed\": array}");
        return;
      }
      if (!(fields.get("id") instanceof Text(String id)) || Ids.isBad(id)) {
        findings.add(Check.BAD_ID, name, row, "", Ids.MEND);
        return;
      }
      if (!ids.addEmbedding(id)) {
        findings.add(
            Check.DUPLICATE_ID, name, row, id, "the id has an embedding already; keep one an id");
      }
      PickleValue embed = fields.get("embed");
      if (embed instanceof Array array) {
        array(id, array);
      } else if (embed instanceof Forgotten) {
        malformed(id, SHARED);
      } else {
        malformed(id, "embed is no numpy array, which trainers fail on; write a float32 one");
      }
    }

    private void array(String id, Array array) {
      int width =
          switch (array.dtype()) {
            case "<f4" -> 4;
            case "<f2" -> 2;
            default -> 0;
          };
      if (width == 0) {
        findings.add(
            Check.WRONG_NUMBER_TYPE,
            name,
            row,
            id,
            "the numbers are " + array.dtype() + "; write little-endian float32 or float16");
        return;
      }
      int length = array.bytes().length() / width;
      if (array.shape().size() != 1
          || array.shape().getFirst() != length
          || length != dimension.orElse(length)
          || length == 0) {
        findings.add(
            Check.WRONG_DIMENSION,
            name,
            row,
            id,
            "the shape is "
                + array.shape()
                + ", not ["
                + (dimension.isPresent() ? dimension.getAsInt() : "dimension")
                + "]; encode all captions with one encoder");
        return;
      }
      dimension = OptionalInt.of(length);
      vector(id, floats(array, width, length));
    }

    private void vector(String id, float[] vector) {
      for (float value : vector) {
        if (!Float.isFinite(value)) {
          findings.add(
              Check.NOT_FINITE,
              name,
              row,
              id,
              "the vector has a NaN or an infinity; drop the row or encode it again");
          return;
        }
      }
      if (statistics == null) {
        statistics = new ShardStatistics(name, vector.length);
      }
      statistics.add(row, id, vector);
    }

    private void malformed(String id, String message) {
      findings.add(Check.MALFORMED_EMBEDDING, name, row, id, message);
    }
  }

  private static float[] floats(Array array, int width, int length) {
    ByteBuffer bytes = array.bytes().buffer().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[length];
    for (int j = 0; j < length; j++) {
      values[j] = width == 4 ? bytes.getFloat() : Float.float16ToFloat(bytes.getShort());
    }
    return values;
  }
}
