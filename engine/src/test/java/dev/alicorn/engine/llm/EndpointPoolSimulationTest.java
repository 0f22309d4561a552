package dev.alicorn.engine.llm;

import static dev.alicorn.engine.llm.PoolSimulation.MINUTE;
import static dev.alicorn.engine.llm.PoolSimulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.engine.llm.PoolSimulation.World;
import dev.alicorn.protocol.FailureCause;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The pool's promises in 10^3 worlds of chance, on virtual time.
final class EndpointPoolSimulationTest {
  private static final int WORLDS = 1000;
  private static final long SEED_BASE = 20_261_123;
  private static final FailureCause[] STORMS = {
    FailureCause.SERVER_ERROR,
    FailureCause.RATE_LIMITED,
    FailureCause.NOT_SENT,
    FailureCause.UNKNOWN_OUTCOME
  };

  @Test
  void promisesHoldInEveryWorld() {
    for (long seed = SEED_BASE; seed < SEED_BASE + WORLDS; seed++) {
      World world = world(seed);
      PoolSimulation seen = new PoolSimulation(world).run();

      assertThat(seen.broken).as("%s", world).isEmpty();
      assertThat(seen.rowsEnded)
          .as("rows that came to an end in %s", world)
          .isEqualTo(seen.rowsBegun);
      assertThat(seen.end().inFlight()).as("reservations left in %s", world).isZero();
      assertThat(seen.end().waiting()).as("asks left in %s", world).isZero();
      if (!world.advertised()) {
        assertThat(seen.tokensOverMax)
            .as("tokens above the limit of a minute in %s", world)
            .isLessThanOrEqualTo(world.tokensPerMinute() / 50 + 1200);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"60", "300", "3000", "10000"})
  void aSteadyLoadUsesTheRequestsOfEveryMinute(long requestsPerMinute) {
    World world = calm(requestsPerMinute, 1_000_000_000);

    PoolSimulation seen = new PoolSimulation(world).run();

    assertThat(seen.broken).isEmpty();
    assertThat(seen.sentBetween(MINUTE, world.until()) / 5.0)
        .isGreaterThanOrEqualTo(0.99 * requestsPerMinute);
  }

  @ParameterizedTest
  @CsvSource({"100000", "1000000"})
  void aSteadyLoadUsesTheTokensOfEveryMinute(long tokensPerMinute) {
    World world = calm(1_000_000, tokensPerMinute);

    PoolSimulation seen = new PoolSimulation(world).run();

    assertThat(seen.tokensOverMax).isNotPositive();
    assertThat(seen.tokensBetween(MINUTE, world.until()) / 5.0)
        .isGreaterThanOrEqualTo(0.99 * tokensPerMinute);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_ERROR", "RATE_LIMITED", "NOT_SENT", "UNKNOWN_OUTCOME"})
  void aStormIsOverWithinAMinute(FailureCause cause) {
    long end = 2 * MINUTE + 50 * SECOND;
    World world =
        new World(
            7,
            300,
            1_000_000_000,
            false,
            32,
            48,
            2 * SECOND,
            0,
            0,
            cause,
            2 * MINUTE,
            end,
            8 * MINUTE);

    PoolSimulation seen = new PoolSimulation(world).run();

    assertThat(seen.broken).isEmpty();
    assertThat(seen.refused).isZero();
    assertThat(seen.sentBetween(end + 30 * SECOND, end + 90 * SECOND)).isGreaterThanOrEqualTo(270);
  }

  private static World calm(long requestsPerMinute, long tokensPerMinute) {
    return new World(
        7,
        requestsPerMinute,
        tokensPerMinute,
        false,
        64,
        80,
        SECOND / 4,
        0,
        0,
        FailureCause.SERVER_ERROR,
        0,
        0,
        6 * MINUTE);
  }

  private static World world(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    long requests = random.nextLong(60, 600);
    long stormFrom = random.nextLong(MINUTE);
    int inFlight = random.nextInt(1, 40);
    return new World(
        seed,
        requests,
        requests * random.nextLong(150, 900),
        random.nextInt(4) == 0,
        inFlight,
        inFlight + random.nextInt(20),
        random.nextLong(SECOND / 20, 4 * SECOND),
        random.nextInt(3) == 0 ? 0.3 : 0.03,
        random.nextInt(5) == 0 ? 0.01 : 0,
        STORMS[random.nextInt(STORMS.length)],
        stormFrom,
        stormFrom + random.nextLong(90 * SECOND),
        3 * MINUTE);
  }
}
