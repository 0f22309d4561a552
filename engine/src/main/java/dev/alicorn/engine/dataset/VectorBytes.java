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
    switch (precision) {
      case FLOAT32 -> vector.putTo(bytes.asFloatBuffer());
      case FLOAT16 -> {
        short[] halves = new short[vector.dimension()];
        for (int j = 0; j < halves.length; j++) {
          halves[j] = Float.floatToFloat16(vector.get(j));
        }
        bytes.asShortBuffer().put(halves);
      }
    }
    return bytes.array();
  }
}
