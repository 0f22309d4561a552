package dev.alicorn.protocol;

import java.nio.FloatBuffer;
import java.util.Arrays;

/// An immutable float32 vector of shape `[dimension]`, equal by bits.
public final class Embedding {
  private final float[] values;

  private Embedding(float[] values) {
    this.values = values;
  }

  /// Takes the array over: the caller must not write to it again.
  public static Embedding wrap(float[] values) {
    return new Embedding(values);
  }

  public int dimension() {
    return values.length;
  }

  public float get(int index) {
    return values[index];
  }

  public float[] toArray() {
    return values.clone();
  }

  /// Writes the values to `target[offset .. offset + dimension)`.
  public void copyTo(float[] target, int offset) {
    System.arraycopy(values, 0, target, offset, values.length);
  }

  /// Puts the values at the target's position, which moves behind them.
  public void putTo(FloatBuffer target) {
    target.put(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding embedding && Arrays.equals(values, embedding.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Embedding[" + values.length + "]";
  }
}
