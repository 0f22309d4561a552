package dev.alicorn.engine.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/// Held against a list of all amounts that were ever added.
final class RollingSumTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long SPAN = 60 * SECOND;
  private static final long SLOT = SECOND / 10;

  private record Amount(long at, long amount) {}

  @Test
  void theSumLiesBetweenTheSpanAndOneSlotMore() {
    for (long seed = 1; seed <= 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RollingSum sum = new RollingSum(Duration.ofNanos(SPAN), 600);
      List<Amount> all = new ArrayList<>();
      long now = random.nextLong(-1000 * SECOND, 1000 * SECOND);
      for (int i = 0; i < 200; i++) {
        now += random.nextLong(random.nextInt(20) == 0 ? 100 * SECOND : SECOND);
        long amount = random.nextLong(1, 1000);
        long slot = sum.add(amount, now);
        if (random.nextBoolean()) {
          long corrected = random.nextLong(1000);
          sum.correct(slot, corrected - amount, now);
          amount = corrected;
        }
        all.add(new Amount(now, amount));

        long time = now;
        long atLeast = sum(all, age -> age < SPAN, time);
        long atMost = sum(all, age -> age <= SPAN + SLOT, time);
        assertThat(sum.sum(now)).as("seed %s, step %s", seed, i).isBetween(atLeast, atMost);
        assertThat(sum.sumWithin(now))
            .as("within, seed %s, step %s", seed, i)
            .isLessThanOrEqualTo(atLeast);
        long limit = random.nextLong(sum.sum(now) + 1);
        long when = sum.whenAtMost(limit, now);
        long then = sum(all, age -> age < SPAN, when);
        assertThat(then)
            .as("at the time told, seed %s, step %s", seed, i)
            .isLessThanOrEqualTo(limit);
      }
    }
  }

  private static long sum(List<Amount> all, LongPredicate age, long now) {
    return all.stream()
        .filter(amount -> age.test(now - amount.at()))
        .mapToLong(Amount::amount)
        .sum();
  }
}
