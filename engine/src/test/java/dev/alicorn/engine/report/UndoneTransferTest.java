package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alicorn.engine.transfer.Statistic;
import dev.alicorn.engine.transfer.TestVectors;
import dev.alicorn.engine.transfer.TransferMethod;
import dev.alicorn.engine.transfer.UnitVector;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.JobSpec.Transfer;
import dev.alicorn.protocol.RecordId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the transfer methods move comes back, to the rounding of float32.
class UndoneTransferTest {
  private static final int DIMENSION = 16;
  private static final int ROWS = 200;

  private static List<float[]> rows(Random random) {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      float[] row = new float[DIMENSION];
      double squares = 0;
      for (int j = 0; j < DIMENSION; j++) {
        row[j] = (float) (random.nextGaussian() + (j == 0 ? 2 : 0));
        squares += row[j] * row[j];
      }
      for (int j = 0; j < DIMENSION; j++) {
        row[j] /= (float) Math.sqrt(squares);
      }
      rows.add(row);
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void meanShift(boolean normalised) {
    List<float[]> raw = rows(new Random(3));
    TransferMethod method = fit(new Transfer(Transfer.Method.MEAN_SHIFT, normalised), raw);
    double[] mean = vector(method.statistics(), "mu_text");
    comesBack(method, new UndoneTransfer.Shift(mean, normalised), raw);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void reAlign(int iterations) {
    List<float[]> raw = rows(new Random(4));
    TransferMethod method = fit(Transfer.reAlign(TestVectors.anchor(DIMENSION), iterations), raw);
    Map<String, Statistic> fitted = method.statistics();
    double[] centroids = vector(fitted, "mu_hat");
    List<double[]> each = new ArrayList<>();
    for (int i = 0; i < iterations; i++) {
      each.add(Arrays.copyOfRange(centroids, i * DIMENSION, (i + 1) * DIMENSION));
    }
    comesBack(
        method,
        new UndoneTransfer.ReAlign(
            vector(fitted, "mu_text"),
            vector(fitted, "mu_image"),
            vector(fitted, "scale")[0],
            each),
        raw);
  }

  private static TransferMethod fit(Transfer transfer, List<float[]> raw) {
    List<UnitVector> units =
        raw.stream().map(row -> UnitVector.of(Embedding.wrap(row)).orElseThrow()).toList();
    return TestVectors.fit(transfer, DIMENSION, units);
  }

  private static double[] vector(Map<String, Statistic> statistics, String name) {
    return Objects.requireNonNull(statistics.get(name)).values();
  }

  private static void comesBack(TransferMethod method, UndoneTransfer undone, List<float[]> raw) {
    for (int i = 0; i < raw.size(); i++) {
      UnitVector unit = UnitVector.of(Embedding.wrap(raw.get(i))).orElseThrow();
      Embedding moved = method.move(new RecordId(i + 1), unit);
      double[] wide = new double[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        wide[j] = moved.get(j);
      }
      double[] back = undone.raw(wide).orElseThrow();
      for (int j = 0; j < DIMENSION; j++) {
        assertThat(back[j]).as("row %s, column %s", i, j).isEqualTo(raw.get(i)[j], within(2e-6));
      }
    }
  }
}
