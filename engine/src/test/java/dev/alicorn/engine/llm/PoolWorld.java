package dev.alicorn.engine.llm;

import static dev.alicorn.engine.llm.PoolSimulation.MINUTE;
import static dev.alicorn.engine.llm.PoolSimulation.SECOND;

import dev.alicorn.protocol.FailureCause;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What a simulated world is like: its endpoints, and the flows of calls that want them. All of it
/// follows from a seed.
///
/// @param faults share of calls that fail by themselves
/// @param lost share of calls that nobody settles
/// @param until when the last row is begun
record PoolWorld(
    long seed, List<Server> servers, List<Caller> callers, double faults, double lost, long until) {

  /// How an endpoint tells its limits.
  enum Telling {
    /// Not at all: they are configured.
    NOTHING,
    /// Each reply names them.
    LIMITS,
    /// Each reply names them, what is left, and when it is whole again.
    WINDOWS
  }

  /// An endpoint.
  ///
  /// @param namesWaits whether its 429s have a Retry-After
  record Server(
      String name,
      int weight,
      long requestsPerMinute,
      long tokensPerMinute,
      long inputTokensPerMinute,
      long outputTokensPerMinute,
      Telling telling,
      boolean namesWaits,
      int inFlightMax,
      long latencyNanos,
      Storm storm) {}

  /// What every call to an endpoint meets for a while; it is as good as dead where that goes on
  /// until long after the last row was begun.
  record Storm(FailureCause cause, long from, long until) {
    static final Storm NONE = new Storm(FailureCause.SERVER_ERROR, 0, 0);

    boolean at(long now) {
      return now >= from && now < until;
    }

    boolean none() {
      return until <= from;
    }
  }

  /// A flow that always has so many rows waiting.
  record Caller(CallFlow flow, int rows) {}

  private static final FailureCause[] STORMS = {
    FailureCause.SERVER_ERROR,
    FailureCause.RATE_LIMITED,
    FailureCause.NOT_SENT,
    FailureCause.UNKNOWN_OUTCOME,
    FailureCause.UNAUTHORIZED
  };

  /// A world of chance.
  static PoolWorld of(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int count = random.nextInt(1, 4);
    int stormy = random.nextInt(count);
    boolean allStorm = random.nextInt(4) == 0;
    List<Server> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      servers.add(server("e" + i, random, allStorm || i == stormy));
    }
    List<Caller> callers = new ArrayList<>();
    int jobs = random.nextInt(1, 4);
    for (int job = 0; job < jobs; job++) {
      int weight = random.nextInt(1, 6);
      int steps = random.nextInt(1, 3);
      for (int step = 0; step < steps; step++) {
        Team team = team(servers, random);
        callers.add(
            new Caller(
                new CallFlow("job-" + job, weight, "step-" + step, team), random.nextInt(1, 30)));
      }
    }
    double faults = random.nextInt(3) == 0 ? random.nextDouble(0.3) : 0;
    double lost = random.nextInt(5) == 0 ? 0.01 : 0;
    return new PoolWorld(seed, servers, callers, faults, lost, 2 * MINUTE);
  }

  private static Server server(String name, RandomGenerator random, boolean stormy) {
    long requests = random.nextLong(20, 200);
    long tokens = requests * random.nextLong(200, 900);
    long from = random.nextLong(MINUTE);
    long until = random.nextInt(4) == 0 ? 6 * MINUTE : from + random.nextLong(90 * SECOND);
    return new Server(
        name,
        random.nextInt(1, 5),
        requests,
        tokens,
        random.nextBoolean() ? tokens : tokens / 2,
        random.nextBoolean() ? tokens : tokens / 2,
        Telling.values()[random.nextInt(Telling.values().length)],
        random.nextBoolean(),
        random.nextInt(1, 20),
        random.nextLong(SECOND / 20, 4 * SECOND),
        stormy ? new Storm(STORMS[random.nextInt(STORMS.length)], from, until) : Storm.NONE);
  }

  private static Team team(List<Server> servers, RandomGenerator random) {
    List<String> names = servers.stream().map(Server::name).toList();
    return random.nextBoolean()
        ? new Team("all", names)
        : Team.of(names.get(random.nextInt(names.size())));
  }

  /// One endpoint and one flow, without any fault.
  static PoolWorld calm(long requests, long tokens, long input, long output, Telling telling) {
    Server server =
        new Server(
            "e0", 1, requests, tokens, input, output, telling, true, 64, SECOND / 4, Storm.NONE);
    Caller caller = new Caller(new CallFlow("job", 1, "caption", Team.of("e0")), 80);
    return new PoolWorld(7, List.of(server), List.of(caller), 0, 0, 6 * MINUTE);
  }

  /// One endpoint and one flow that meet a storm.
  static PoolWorld stormy(long seed, Storm storm, long until) {
    Server server =
        new Server(
            "e0",
            1,
            300,
            1_000_000_000,
            1_000_000_000,
            1_000_000_000,
            Telling.NOTHING,
            true,
            32,
            2 * SECOND,
            storm);
    Caller caller = new Caller(new CallFlow("job", 1, "caption", Team.of("e0")), 48);
    return new PoolWorld(seed, List.of(server), List.of(caller), 0, 0, until);
  }

  Server server(String name) {
    return servers.stream().filter(server -> server.name().equals(name)).findFirst().orElseThrow();
  }

  /// Whether a row of this flow can always be served elsewhere than where it storms: then no row
  /// may fail, and none be refused.
  boolean safe(CallFlow flow) {
    long stormy =
        flow.team().endpoints().stream().filter(name -> !server(name).storm().none()).count();
    return faults == 0 && lost == 0 && stormy < flow.team().endpoints().size();
  }
}
