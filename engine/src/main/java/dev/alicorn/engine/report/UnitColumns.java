package dev.alicorn.engine.report;

import java.util.List;

/// Rows scaled to unit length, held by column, so that many cosines are computed at once.
final class UnitColumns {
  private static final int TILE_ROWS = 1024;

  /// By dimension, padded with zeros to a multiple of four.
  private final float[][] columns;

  private final int rows;

  private UnitColumns(float[][] columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /// @param vectors none zero, all of one dimension
  static UnitColumns of(List<float[]> vectors) {
    int dimension = vectors.getFirst().length;
    float[][] columns = new float[Math.ceilDiv(dimension, 4) * 4][vectors.size()];
    for (int i = 0; i < vectors.size(); i++) {
      float[] vector = vectors.get(i);
      double squares = 0;
      for (float value : vector) {
        squares += (double) value * value;
      }
      double length = Math.sqrt(squares);
      for (int j = 0; j < dimension; j++) {
        columns[j][i] = (float) (vector[j] / length);
      }
    }
    return new UnitColumns(columns, vectors.size());
  }

  /// The cosines of some rows with all rows.
  float[][] cosines(int from, int to) {
    float[][] cosines = new float[to - from][rows];
    for (int left = 0; left < rows; left += TILE_ROWS) {
      int right = Math.min(rows, left + TILE_ROWS);
      for (int j = 0; j < columns.length; j += 4) {
        for (int i = from; i < to; i++) {
          addFour(cosines[i - from], i, j, left, right);
        }
      }
    }
    return cosines;
  }

  /// Adds products of four dimensions; with more arrays in it compilers do not vectorise the loop.
  private void addFour(float[] target, int i, int j, int from, int to) {
    float[] x0 = columns[j];
    float[] x1 = columns[j + 1];
    float[] x2 = columns[j + 2];
    float[] x3 = columns[j + 3];
    float a0 = x0[i];
    float a1 = x1[i];
    float a2 = x2[i];
    float a3 = x3[i];
    for (int k = from; k < to; k++) {
      target[k] += a0 * x0[k] + a1 * x1[k] + (a2 * x2[k] + a3 * x3[k]);
    }
  }
}
