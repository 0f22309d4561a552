package dev.alicorn.engine.dataset.read;

import dev.alicorn.engine.format.EmbeddingRows;
import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.format.NumberType;
import dev.alicorn.engine.format.PickleValue;
import dev.alicorn.engine.format.PickleValue.Array;
import dev.alicorn.engine.format.PickleValue.Dict;
import dev.alicorn.engine.format.PickleValue.Forgotten;
import dev.alicorn.engine.format.PickleValue.Text;
import dev.alicorn.protocol.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The items of a pickled list of `{"id": str, "embed": numpy.ndarray}`, as trainers take them.
final class PickledVectors {
  private static final String SHARED =
      "the record shares its data with an earlier one; give each record its own";

  private final String file;
  private final Consumer<ReadVector> sink;
  private long read;

  PickledVectors(String file, Consumer<ReadVector> sink) {
    this.file = file;
    this.sink = sink;
  }

  /// How many items there were so far.
  long read() {
    return read;
  }

  void item(long row, PickleValue item) {
    read = row;
    Place place = new Place(file, row);
    sink.accept(
        switch (item) {
          case Forgotten _ -> new Flaw(place, "", Fault.MALFORMED_EMBEDDING, SHARED);
          case Dict(var fields) -> record(place, fields.get("id"), fields.get("embed"));
          case Text _,
              PickleValue.Data _,
              PickleValue.Int _,
              PickleValue.Scalar _,
              PickleValue.Tuple _,
              PickleValue.Global _,
              PickleValue.Items _,
              PickleValue.Dtype _,
              Array _ ->
              new Flaw(
                  place,
                  "",
                  Fault.MALFORMED_EMBEDDING,
                  "the item is no dict; write {\"id\": text, \"embed\": array}");
        });
  }

  private static ReadVector record(
      Place place, @Nullable PickleValue name, @Nullable PickleValue embed) {
    if (!(name instanceof Text(String id)) || Ids.isBad(id)) {
      return new Flaw(place, "", Fault.BAD_ID, Ids.MEND);
    }
    if (embed instanceof Array array) {
      return array(place, id, array);
    }
    return new Flaw(
        place,
        id,
        Fault.MALFORMED_EMBEDDING,
        embed instanceof Forgotten
            ? SHARED
            : "embed is no numpy array, which trainers fail on; write a float32 one");
  }

  private static ReadVector array(Place place, String id, Array array) {
    NumberType type =
        switch (array.dtype()) {
          case "<f4" -> NumberType.FLOAT32;
          case "<f2" -> NumberType.FLOAT16;
          default -> null;
        };
    if (type == null) {
      return new Flaw(
          place,
          id,
          Fault.WRONG_NUMBER_TYPE,
          "the numbers are " + array.dtype() + "; write little-endian float32 or float16");
    }
    int length = array.bytes().length() / type.bytes();
    if (array.shape().size() != 1
        || array.shape().getFirst() != length
        || length == 0
        || length > EmbeddingRows.DIMENSION_MAX) {
      return new Flaw(
          place,
          id,
          Fault.WRONG_DIMENSION,
          "the shape is " + array.shape() + ", not [dimension]; write one vector a record");
    }
    ByteBuffer bytes = array.bytes().buffer().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[length];
    for (int j = 0; j < length; j++) {
      values[j] = (float) type.get(bytes);
    }
    return new Vector(place, id, Embedding.wrap(values), type);
  }
}
