package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The bytes of vectors on disk: little-endian IEEE 754, float32 or float16 rounded to nearest.
final class VectorBytes {
  private VectorBytes() {}

  static byte[] bytes(Embedding vector, Precision precision) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.dimension() * precision.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int j = 0; j < vector.dimension(); j++) {
      switch (precision) {
        case FLOAT32 -> bytes.putFloat(vector.get(j));
        case FLOAT16 -> bytes.putShort(Float.floatToFloat16(vector.get(j)));
      }
    }
    return bytes.array();
  }
}
