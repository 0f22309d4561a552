package dev.alicorn.gpuworker.onnx;

import dev.alicorn.config.EncoderSettings;
import dev.alicorn.protocol.Embedding;
import java.nio.FloatBuffer;

/// From the token vectors of one caption to its vector.
///
/// Sums are in float64 and in the order of the tokens.
record Pooling(EncoderSettings.Pooling kind, int dimension, boolean unitLength) {

  /// @param hidden shape `[tokens, dimension]`, or `[dimension]` where the graph pools by itself
  /// @param attended how many of the tokens, from the first on, are no padding
  /// @param tokens how many there are
  Embedding pool(FloatBuffer hidden, int attended, int tokens) {
    float[] row = new float[dimension];
    return switch (kind) {
      case MEAN -> mean(hidden, attended, row);
      case CLS, MODEL -> token(hidden, 0, row);
      case EOS -> token(hidden, attended - 1, row);
      case LAST -> token(hidden, tokens - 1, row);
    };
  }

  private Embedding token(FloatBuffer hidden, int index, float[] row) {
    hidden.get(index * dimension, row);
    return unitLength ? scaled(row, norm(row)) : Embedding.wrap(row);
  }

  private Embedding mean(FloatBuffer hidden, int attended, float[] row) {
    double[] sum = new double[dimension];
    for (int i = 0; i < attended; i++) {
      hidden.get(i * dimension, row);
      for (int j = 0; j < dimension; j++) {
        sum[j] += row[j];
      }
    }
    double divisor = attended;
    if (unitLength) {
      double squares = 0;
      for (double value : sum) {
        squares += value * value;
      }
      divisor = Math.sqrt(squares);
    }
    for (int j = 0; j < dimension; j++) {
      row[j] = (float) (sum[j] / divisor);
    }
    return Embedding.wrap(row);
  }

  private static double norm(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private static Embedding scaled(float[] row, double norm) {
    for (int j = 0; j < row.length; j++) {
      row[j] = (float) (row[j] / norm);
    }
    return Embedding.wrap(row);
  }
}
