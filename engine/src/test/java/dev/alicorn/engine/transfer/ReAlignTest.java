package dev.alicorn.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alicorn.config.ConfigException;
import dev.alicorn.protocol.Anchor;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.RecordId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The published figures of the authors' program, and what must hold of any rows.
class ReAlignTest {
  private static final List<UnitVector> TEXT = units(TestVectors.text());
  private static final Anchor IMAGES = TestVectors.anchor(TestVectors.images());
  private static final RecordId ONE = new RecordId(1);

  private static List<UnitVector> units(List<Embedding> rows) {
    return rows.stream().map(TestVectors::unit).toList();
  }

  private static TransferMethod fitted(int iterations) {
    return TestVectors.fit(
        JobSpec.Transfer.reAlign(IMAGES, iterations), TestVectors.DIMENSION, TEXT);
  }

  private static double[] statistic(TransferMethod method, String name) {
    return Objects.requireNonNull(method.statistics().get(name)).values();
  }

  private static List<Integer> shape(TransferMethod method, String name) {
    return Objects.requireNonNull(method.statistics().get(name)).shape();
  }

  private static void assertUlp(Embedding actual, double... expected) {
    for (int j = 0; j < expected.length; j++) {
      assertThat(actual.get(j))
          .as("[%d]", j)
          .isCloseTo((float) expected[j], within(Math.ulp((float) expected[j])));
    }
  }

  private static void assertUlp(double[] actual, double... expected) {
    assertUlp(Norm.rounded(actual), expected);
  }

  @Test
  void statisticsAreTheKnownOnes() {
    TransferMethod method = fitted(1);
    assertThat(statistic(method, "scale"))
        .containsExactly(new double[] {1.0764837749397465}, within(1e-12));
    assertThat(statistic(method, "trace_text"))
        .containsExactly(new double[] {0.5357378164203959}, within(1e-12));
    assertThat(statistic(method, "trace_image"))
        .containsExactly(new double[] {0.6208222595351879}, within(1e-12));
    assertUlp(statistic(method, "mu_text"), 0.653882921, 0.005256668, 0.099136993, -0.110722363);
    assertUlp(statistic(method, "mu_image"), -0.241478935, 0.522745788, -0.058681939, 0.182070494);
    assertUlp(statistic(method, "mu_hat"), -0.239908693, 0.50985495, -0.06121709, 0.181317323);
    assertThat(shape(method, "mu_hat")).containsExactly(1, 8);
  }

  @Test
  void rowsAreTheKnownOnes() {
    TransferMethod method = fitted(1);
    assertUlp(method.move(ONE, TEXT.getFirst()), -0.13227035, 0.5961259, 0.02111788, 0.17436382);
    assertUlp(method.move(ONE, TEXT.getLast()), -0.17943597, 0.41110003, -0.07565659, 0.22251509);
    double sum = 0;
    for (UnitVector row : TEXT) {
      Embedding moved = method.move(ONE, row);
      for (int j = 0; j < moved.dimension(); j++) {
        sum += moved.get(j);
      }
    }
    assertThat(sum).isCloseTo(10.06776385, within(1e-7));
  }

  @Test
  void eachIterationBringsTheMeanNearerToTheImages() {
    double[] before = TestVectors.mean(TestVectors.text()).mean();
    assertThat(distance(before)).isCloseTo(1.09069, within(1e-5));
    assertThat(distance(statistic(fitted(1), "mu_hat"))).isCloseTo(0.02569, within(1e-5));
    assertThat(distance(meanMoved(fitted(1)))).isCloseTo(0.00522, within(1e-5));
    assertThat(distance(meanMoved(fitted(2)))).isCloseTo(0.00178, within(1e-5));
    assertThat(shape(fitted(2), "mu_hat")).containsExactly(2, 8);
  }

  private static double distance(double[] mean) {
    double squares = 0;
    for (int j = 0; j < mean.length; j++) {
      squares += Math.pow(mean[j] - IMAGES.mean().get(j), 2);
    }
    return Math.sqrt(squares);
  }

  private static double[] meanMoved(TransferMethod method) {
    double[] sum = new double[TestVectors.DIMENSION];
    for (UnitVector row : TEXT) {
      Embedding moved = method.move(ONE, row);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += (double) moved.get(j) / TEXT.size();
      }
    }
    return sum;
  }

  @Test
  void orderAndShardsDoNotChangeABit() {
    List<UnitVector> rows = units(TestVectors.rows(5, 300, 24, 0.4));
    Anchor images = TestVectors.anchor(24);
    JobSpec.Transfer transfer = JobSpec.Transfer.reAlign(images, 2);
    Map<String, Statistic> expected = TestVectors.fit(transfer, 24, rows).statistics();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      Fit fit = TransferMethods.begin(transfer, 1, 24);
      int passes = 0;
      while (fit instanceof Fit.Pass pass) {
        assertThat(pass.left()).isEqualTo(3 - passes);
        fit = sharded(pass, rows, random).end();
        passes++;
      }
      Map<String, Statistic> statistics = ((Fit.Fitted) fit).method().statistics();
      assertThat(statistics).containsOnlyKeys(expected.keySet());
      for (Map.Entry<String, Statistic> one : statistics.entrySet()) {
        assertThat(one.getValue().values())
            .as("seed %d, round %d, %s", seed, round, one.getKey())
            .isEqualTo(Objects.requireNonNull(expected.get(one.getKey())).values());
      }
    }
  }

  private static Fit.Gathering sharded(Fit.Pass pass, List<UnitVector> rows, Random random) {
    List<UnitVector> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    List<Fit.Gathering> shards = new ArrayList<>();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      shards.add(pass.begin());
    }
    shuffled.forEach(row -> shards.get(random.nextInt(shards.size())).add(row));
    while (shards.size() > 1) {
      Fit.Gathering one = shards.remove(random.nextInt(shards.size()));
      shards.get(random.nextInt(shards.size())).merge(one);
    }
    return shards.getFirst();
  }

  @Test
  void traceIsTheMeanSquaredDistanceFromTheMean() {
    List<UnitVector> rows = units(TestVectors.rows(9, 500, 16, 0.2));
    CorpusMean corpus = new CorpusMean(16);
    rows.forEach(corpus::add);
    Dispersion dispersion = Dispersion.of(corpus);
    double squares = 0;
    for (UnitVector row : rows) {
      for (int j = 0; j < 16; j++) {
        squares += Math.pow(row.get(j) - dispersion.mean().get(j), 2);
      }
    }
    assertThat(dispersion.trace()).isCloseTo(squares / rows.size(), within(1e-12));
  }

  @Test
  void scaledRowsAreSpreadLikeTheImages() {
    TransferMethod method = fitted(1);
    double scale = statistic(method, "scale")[0];
    assertThat(scale * scale * statistic(method, "trace_text")[0])
        .isCloseTo(IMAGES.trace(), within(1e-9));
  }

  @Test
  void anEncoderOfAnotherDimensionIsToldOf() throws ConfigException {
    JobSpec.Transfer transfer = JobSpec.Transfer.reAlign(IMAGES, 1);
    TransferMethods.requireMatch(transfer, encoder(8));
    assertThatThrownBy(() -> TransferMethods.requireMatch(transfer, encoder(384)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "transfer.anchor: it has 8 dimensions and the encoder toy has 384; make one with the image encoder of the same model");
  }

  private static EncoderDescription encoder(int dimension) {
    return new EncoderDescription("toy", ContentHash.of("toy"), dimension, 77, true, true);
  }

  @Test
  void rowsOfAnotherPassOrDimensionAreBugs() {
    Fit.Pass one = Fit.Pass.ofRows(8, 1, _ -> new Fit.Fitted(new Unmoved()));
    Fit.Pass other = Fit.Pass.ofRows(8, 1, _ -> new Fit.Fitted(new Unmoved()));
    assertThatThrownBy(() -> one.begin().merge(other.begin()))
        .isInstanceOf(IllegalArgumentException.class);
    UnitVector row = TestVectors.unit(Embedding.wrap(new float[] {1, 2}));
    assertThatThrownBy(() -> fitted(1).move(ONE, row)).isInstanceOf(IllegalArgumentException.class);
  }
}
