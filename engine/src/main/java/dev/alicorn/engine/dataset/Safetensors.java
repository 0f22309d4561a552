package dev.alicorn.engine.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.alicorn.engine.transfer.Statistic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/// The safetensors file format, for float64 tensors: the header's length in 8 bytes, a JSON header
/// padded with spaces to a multiple of 8, then the tensors' little-endian bytes.
public final class Safetensors {
  private static final JsonFactory ASCII =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Safetensors() {}

  /// Writes tensors in the order of their names.
  public static void write(
      OutputStream out, Map<String, String> metadata, Map<String, Statistic> tensors)
      throws IOException {
    Map<String, Statistic> ordered = new TreeMap<>(tensors);
    byte[] header = header(new TreeMap<>(metadata), ordered);
    int padded = Math.ceilDiv(header.length, 8) * 8;
    ByteBuffer front = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    front.putLong(padded).put(header);
    while (front.hasRemaining()) {
      front.put((byte) ' ');
    }
    out.write(front.array());
    for (Statistic tensor : ordered.values()) {
      double[] values = tensor.values();
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (double value : values) {
        bytes.putDouble(value);
      }
      out.write(bytes.array());
    }
  }

  private static byte[] header(Map<String, String> metadata, Map<String, Statistic> tensors)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = ASCII.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart("__metadata__");
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      long offset = 0;
      for (Map.Entry<String, Statistic> tensor : tensors.entrySet()) {
        long end = offset + (long) tensor.getValue().values().length * Double.BYTES;
        json.writeObjectFieldStart(tensor.getKey());
        json.writeStringField("dtype", "F64");
        json.writeArrayFieldStart("shape");
        for (int size : tensor.getValue().shape()) {
          json.writeNumber(size);
        }
        json.writeEndArray();
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
