package dev.alicorn.engine.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.format.NumberType;
import dev.alicorn.protocol.Embedding;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProjectionTest {

  private static Embedding random(Random random, int dimension) {
    float[] values = new float[dimension];
    double scale = Math.pow(10, random.nextInt(6) - 4);
    for (int j = 0; j < dimension; j++) {
      values[j] = (float) (random.nextGaussian() * scale);
    }
    return Embedding.wrap(values);
  }

  private static Embedding halved(Embedding vector) {
    float[] values = vector.toArray();
    for (int j = 0; j < values.length; j++) {
      values[j] = Float.float16ToFloat(Float.floatToFloat16(values[j]));
    }
    return Embedding.wrap(values);
  }

  @Test
  void roundingMayBeTheSameAndAnotherVectorMayNot() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int told = 0;
    for (int round = 0; round < 2_000; round++) {
      Embedding vector = random(random, 1 + random.nextInt(1_500));
      Embedding half = halved(vector);
      int kept = Projection.of(vector).bits();
      assertThat(Projection.of(half).mayBe(kept, NumberType.FLOAT32, NumberType.FLOAT16))
          .as("seed %d, round %d", seed, round)
          .isTrue();
      Embedding other = halved(random(random, vector.dimension()));
      told += Projection.of(other).mayBe(kept, NumberType.FLOAT32, NumberType.FLOAT16) ? 0 : 1;
    }
    assertThat(told).as("seed %d", seed).isGreaterThan(1_800);
  }

  @Test
  void hashesTellAPermutationAndNotTheSignOfZero() {
    Embedding vector = Embedding.wrap(new float[] {0.5f, 0, -1});
    assertThat(Hash.of(Embedding.wrap(new float[] {0.5f, -0.0f, -1}))).isEqualTo(Hash.of(vector));
    assertThat(Hash.of(Embedding.wrap(new float[] {-1, 0, 0.5f}))).isNotEqualTo(Hash.of(vector));
    assertThat(Hash.of(Embedding.wrap(new float[] {0, 0.5f, -1}))).isNotEqualTo(Hash.of(vector));
  }
}
