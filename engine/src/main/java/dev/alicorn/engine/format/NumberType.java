package dev.alicorn.engine.format;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The floating point numbers that embeddings come in, little-endian.
public enum NumberType {
  FLOAT32(4, "<f4", "F32"),
  FLOAT16(2, "<f2", "F16"),
  FLOAT64(8, "<f8", "F64"),
  /// The upper half of a float32; numpy has it not.
  BFLOAT16(2, "", "BF16");

  private final int bytes;
  private final String npy;
  private final String safetensors;

  NumberType(int bytes, String npy, String safetensors) {
    this.bytes = bytes;
    this.npy = npy;
    this.safetensors = safetensors;
  }

  static Optional<NumberType> ofNpy(String name) {
    return Stream.of(values()).filter(type -> type.npy.equals(name)).findFirst();
  }

  static Optional<NumberType> ofSafetensors(String name) {
    return Stream.of(values()).filter(type -> type.safetensors.equals(name)).findFirst();
  }

  /// As in `dataset.vectors`: `float32`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public int bytes() {
    return bytes;
  }

  /// Takes a number from a little-endian buffer.
  public double get(ByteBuffer from) {
    return switch (this) {
      case FLOAT32 -> from.getFloat();
      case FLOAT16 -> Float.float16ToFloat(from.getShort());
      case FLOAT64 -> from.getDouble();
      case BFLOAT16 -> Float.intBitsToFloat(from.getShort() << Short.SIZE);
    };
  }
}
