package dev.alicorn.engine.llm;

import static dev.alicorn.engine.llm.PoolSimulation.MINUTE;
import static dev.alicorn.engine.llm.PoolSimulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.llm.PoolWorld.Storm;
import dev.alicorn.engine.llm.PoolWorld.Telling;
import dev.alicorn.protocol.FailureCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The scheduler's promises in 10^3 worlds of chance, on virtual time.
///
/// `-Dalicorn.simulation.seed=N` runs world N alone, `-Dalicorn.simulation.seeds=N` so many.
final class EndpointPoolSimulationTest {
  private static final long SEED_BASE = 20_261_123;
  private static final long SEED = Long.getLong("alicorn.simulation.seed", SEED_BASE);
  private static final long SEEDS =
      Long.getLong("alicorn.simulation.seeds", SEED == SEED_BASE ? 1000 : 1);
  private static final int WORLDS_WITH_A_BUG = 200;
  private static final long AMPLE = 1_000_000_000;

  @Test
  void promisesHoldInEveryWorld() {
    assertThat(SimulationRun.of(SEED, SEEDS).violations())
        .as("a seed runs again alone with -Dalicorn.simulation.seed=SEED")
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aBugInTheSchedulerIsFound(Sabotage sabotage) {
    long found = 0;
    for (long seed = SEED_BASE; seed < SEED_BASE + WORLDS_WITH_A_BUG; seed++) {
      found += new PoolSimulation(PoolWorld.of(seed), sabotage).run().broken.isEmpty() ? 0 : 1;
    }
    assertThat(found)
        .as("worlds of %s from seed %s on that find it", WORLDS_WITH_A_BUG, SEED_BASE)
        .isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "60, NOTHING",
    "300, NOTHING",
    "3000, NOTHING",
    "10000, NOTHING",
    "300, LIMITS",
    "3000, LIMITS",
    "300, WINDOWS",
    "3000, WINDOWS"
  })
  void aSteadyLoadUsesTheRequestsOfEveryMinute(long requestsPerMinute, Telling telling) {
    PoolWorld world = PoolWorld.calm(requestsPerMinute, AMPLE, AMPLE, AMPLE, telling);

    PoolSimulation seen = new PoolSimulation(world, Sabotage.NONE).run();

    assertThat(seen.broken).isEmpty();
    assertThat(calls(seen, 2 * MINUTE, world.until()) / 4.0)
        .isGreaterThanOrEqualTo(0.99 * requestsPerMinute);
  }

  @ParameterizedTest
  @CsvSource({
    "100000, 1000000000, 1000000000",
    "1000000, 1000000000, 1000000000",
    "1000000000, 100000, 1000000000",
    "1000000000, 1000000000, 100000"
  })
  void aSteadyLoadUsesTheTokensOfEveryMinute(long tokens, long input, long output) {
    PoolWorld world = PoolWorld.calm(AMPLE, tokens, input, output, Telling.NOTHING);

    PoolSimulation seen = new PoolSimulation(world, Sabotage.NONE).run();

    assertThat(seen.broken).isEmpty();
    Tokens used =
        seen.sent.stream()
            .filter(call -> call.at() >= MINUTE && call.at() < world.until())
            .map(PoolSimulation.Sent::tokens)
            .reduce(
                Tokens.NONE, (a, b) -> new Tokens(a.input() + b.input(), a.output() + b.output()));
    double share =
        Math.max(
            used.total() / 5.0 / tokens,
            Math.max(used.input() / 5.0 / input, used.output() / 5.0 / output));
    assertThat(share).isBetween(0.99, 1.0);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_ERROR", "RATE_LIMITED", "NOT_SENT", "UNKNOWN_OUTCOME"})
  void aStormIsOverWithinAMinute(FailureCause cause) {
    long end = 2 * MINUTE + 50 * SECOND;
    for (long seed = 7; seed < 17; seed++) {
      PoolWorld world = PoolWorld.stormy(seed, new Storm(cause, 2 * MINUTE, end), 8 * MINUTE);

      PoolSimulation seen = new PoolSimulation(world, Sabotage.NONE).run();

      assertThat(seen.broken).as("seed %s", seed).isEmpty();
      assertThat(seen.refused).as("seed %s", seed).isZero();
      assertThat(calls(seen, end + MINUTE, end + 2 * MINUTE))
          .as("seed %s", seed)
          .isGreaterThanOrEqualTo(270);
    }
  }

  @Test
  void aSeedGivesTheSameRunAgain() {
    assertThat(new PoolSimulation(PoolWorld.of(SEED_BASE), Sabotage.NONE).run().sent)
        .isEqualTo(new PoolSimulation(PoolWorld.of(SEED_BASE), Sabotage.NONE).run().sent);
  }

  private static long calls(PoolSimulation seen, long from, long to) {
    return seen.sent.stream().filter(call -> call.at() >= from && call.at() < to).count();
  }
}
