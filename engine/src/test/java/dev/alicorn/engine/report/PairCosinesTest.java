package dev.alicorn.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// All pairs against the plain way.
class PairCosinesTest {

  @ParameterizedTest
  @CsvSource({"1, 2, 3", "2, 30, 7", "3, 150, 9", "4, 1100, 5"})
  void plainWayFindsTheSame(long seed, int rows, int dimension) {
    Random random = new Random(seed);
    List<float[]> before = gaussian(random, rows, dimension);
    List<float[]> after = gaussian(random, rows, dimension);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < dimension; j++) {
        after.get(i)[j] += 2 * before.get(i)[j];
      }
    }
    PairCosines.Result found = PairCosines.of(before, after);
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    int shared = 0;
    int neighbours = Math.min(20, rows - 1);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        if (i != j) {
          double was = cosine(before.get(i), before.get(j));
          double is = cosine(after.get(i), after.get(j));
          x += was;
          y += is;
          xx += was * was;
          yy += is * is;
          xy += was * is;
        }
      }
      Set<Integer> near = nearest(before, i, neighbours);
      near.retainAll(nearest(after, i, neighbours));
      shared += near.size();
    }
    double pairs = (double) rows * (rows - 1);
    double correlation =
        (xy - x * y / pairs) / Math.sqrt((xx - x * x / pairs) * (yy - y * y / pairs));
    String name = "seed " + seed;
    assertThat(found.meanBefore()).as(name).isEqualTo(x / pairs, within(1e-6));
    assertThat(found.meanAfter()).as(name).isEqualTo(y / pairs, within(1e-6));
    if (rows > 2) {
      assertThat(found.correlation()).as(name).isEqualTo(correlation, within(1e-5));
    }
    assertThat(found.overlap())
        .as(name)
        .isEqualTo((double) shared / (rows * neighbours), within(1e-3));
    assertThat(found.binsAfter().stream().mapToLong(Long::longValue).sum()).isEqualTo((long) pairs);
  }

  private static List<float[]> gaussian(Random random, int rows, int dimension) {
    List<float[]> drawn = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      float[] row = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        row[j] = (float) random.nextGaussian();
      }
      drawn.add(row);
    }
    return drawn;
  }

  private static Set<Integer> nearest(List<float[]> rows, int own, int count) {
    return new HashSet<>(
        IntStream.range(0, rows.size())
            .filter(row -> row != own)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -cosine(rows.get(own), rows.get(row))))
            .limit(count)
            .toList());
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < a.length; j++) {
      dot += (double) a[j] * b[j];
      aa += (double) a[j] * a[j];
      bb += (double) b[j] * b[j];
    }
    return dot / Math.sqrt(aa * bb);
  }
}
