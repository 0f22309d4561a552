package dev.alicorn.engine.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.alicorn.engine.transfer.Statistic;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The safetensors file format: the header's length in 8 bytes, a JSON header padded with spaces to
/// a multiple of 8, then the tensors' little-endian bytes in row-major order, without gaps.
public final class Safetensors {
  private Safetensors() {}

  /// The types of numbers that are written here, under the format's names.
  enum DataType {
    F16(2),
    F32(4),
    F64(8);

    private final int bytes;

    DataType(int bytes) {
      this.bytes = bytes;
    }

    static DataType of(Precision precision) {
      return switch (precision) {
        case FLOAT32 -> F32;
        case FLOAT16 -> F16;
      };
    }
  }

  /// What the header says of a tensor.
  record Tensor(String name, DataType type, List<Long> shape) {
    Tensor {
      shape = List.copyOf(shape);
    }

    long bytes() {
      return shape.stream().reduce((long) type.bytes, Math::multiplyExact);
    }
  }

  /// Writes what comes before the tensors' bytes, which follow in this order.
  ///
  /// @param metadata left out where it is empty
  static void writeHeader(OutputStream out, Map<String, String> metadata, List<Tensor> tensors)
      throws IOException {
    byte[] header = header(new TreeMap<>(metadata), tensors);
    int padded = Math.ceilDiv(header.length, 8) * 8;
    ByteBuffer front = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    front.putLong(padded).put(header);
    while (front.hasRemaining()) {
      front.put((byte) ' ');
    }
    out.write(front.array());
  }

  /// Writes a whole file of float64 tensors, in the order of their names.
  public static void write(
      OutputStream out, Map<String, String> metadata, Map<String, Statistic> statistics)
      throws IOException {
    Map<String, Statistic> ordered = new TreeMap<>(statistics);
    List<Tensor> tensors = new ArrayList<>();
    ordered.forEach((name, statistic) ->
        tensors.add(
            new Tensor(
                name, DataType.F64, statistic.shape().stream().map(Integer::longValue).toList())));
    writeHeader(out, metadata, tensors);
    for (Statistic statistic : ordered.values()) {
      double[] values = statistic.values();
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (double value : values) {
        bytes.putDouble(value);
      }
      out.write(bytes.array());
    }
  }

  private static byte[] header(Map<String, String> metadata, List<Tensor> tensors)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = AsciiJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Tensor tensor : tensors) {
        long end = offset + tensor.bytes();
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", tensor.type().name());
        json.writeFieldName("shape");
        json.writeArray(
            tensor.shape().stream().mapToLong(Long::longValue).toArray(), 0, tensor.shape().size());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {offset, end}, 0, 2);
        json.writeEndObject();
        offset = end;
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
