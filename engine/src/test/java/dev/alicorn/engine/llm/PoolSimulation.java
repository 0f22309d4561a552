package dev.alicorn.engine.llm;

import dev.alicorn.protocol.FailureCause;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A run of one [PoolWorld] on virtual time around the real scheduler: callers who always have so
/// many rows waiting, and endpoints with exact limits, latencies, single faults and storms.
///
/// What the scheduler promises is checked against the world's own account at each call that it lets
/// through; what is seen is kept for further checks.
final class PoolSimulation {
  static final long SECOND = Duration.ofSeconds(1).toNanos();
  static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int VIOLATIONS_MAX = 5;

  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /// A call that was let through.
  record Sent(long at, String endpoint, String job, Tokens tokens) {}

  private final PoolWorld world;
  private final Sabotage sabotage;
  private final RandomGenerator random;
  private final CallScheduler scheduler;
  private final Map<String, SimulatedServer> servers = new HashMap<>();
  private final Map<CallFlow, FlowAccount> flows = new LinkedHashMap<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long order;

  final List<Sent> sent = new ArrayList<>();
  final List<String> broken = new ArrayList<>();
  long eventCount;
  long refused;
  long failed;

  private record Row(CallFlow flow, Tokens estimate, Tokens billed) {}

  /// A row's attempts so far.
  private record Try(Turn turn, int repeated, int retried) {
    static final Try FIRST = new Try(Turn.FIRST, 0, 0);
  }

  PoolSimulation(PoolWorld world, Sabotage sabotage) {
    this.world = world;
    this.sabotage = sabotage;
    random = new SplittableRandom(world.seed());
    List<EndpointSettings> settings = new ArrayList<>();
    for (PoolWorld.Server server : world.servers()) {
      settings.add(settings(server));
      servers.put(server.name(), new SimulatedServer(server, world.faults(), random, this::broken));
    }
    scheduler = new CallScheduler(settings, new SplittableRandom(world.seed() + 1), 0);
    List<CallFlow> all = world.callers().stream().map(PoolWorld.Caller::flow).toList();
    all.forEach(flow -> flows.put(flow, new FlowAccount(flow, all)));
  }

  private static EndpointSettings settings(PoolWorld.Server server) {
    boolean configured = server.telling() == PoolWorld.Telling.NOTHING;
    return Endpoints.withDeadline(
        Endpoints.withLimits(
            Endpoints.named(
                Endpoints.at(URI.create("http://127.0.0.1:9/v1")), server.name(), server.weight()),
            configured ? OptionalLong.of(server.requestsPerMinute()) : OptionalLong.empty(),
            configured ? OptionalLong.of(server.tokensPerMinute()) : OptionalLong.empty(),
            configured ? OptionalLong.of(server.inputTokensPerMinute()) : OptionalLong.empty(),
            configured ? OptionalLong.of(server.outputTokensPerMinute()) : OptionalLong.empty(),
            server.inFlightMax()),
        DEADLINE);
  }

  PoolSimulation run() {
    for (PoolWorld.Caller caller : world.callers()) {
      for (int i = 0; i < caller.rows(); i++) {
        begin(caller.flow());
      }
    }
    while (broken.size() < VIOLATIONS_MAX && step()) {
      eventCount++;
    }
    if (broken.isEmpty()) {
      checkEnd();
    }
    return this;
  }

  /// What comes next: an event, or the scheduler's own wish to look again.
  private boolean step() {
    long next = events.isEmpty() ? Long.MAX_VALUE : events.element().at();
    long wake = scheduler.wakeAt();
    if (Math.min(next, wake) == Long.MAX_VALUE) {
      return false;
    }
    if (Math.min(next, wake) > world.until() + HOUR) {
      broken("rows still wait an hour after the last was begun");
      return false;
    }
    if (wake <= next) {
      now = Math.max(now, wake);
      scheduler.wake(now);
      if (scheduler.wakeAt() <= now) {
        broken("it wants to be woken at once, again and again");
      }
    } else {
      Event event = events.remove();
      now = event.at();
      event.what().run();
    }
    return true;
  }

  private void checkEnd() {
    // Lost calls end with their deadline.
    now += 2 * DEADLINE.toNanos();
    for (PoolWorld.Server server : world.servers()) {
      EndpointSnapshot end = scheduler.snapshot(server.name(), now);
      if (end.inFlight() != 0 || end.waiting() != 0) {
        broken("left at the end: " + end);
      }
    }
    flows.values().forEach(flow -> flow.checkEnd(this::broken));
  }

  private void broken(String what) {
    broken.add(what);
  }

  private void begin(CallFlow flow) {
    if (now < world.until()) {
      account(flow).begun++;
      Tokens estimate = new Tokens(random.nextLong(50, 400), random.nextLong(150, 800));
      Tokens billed =
          new Tokens(
              (long) (estimate.input() * random.nextDouble(0.6, 1)),
              (long) (estimate.output() * random.nextDouble(0.2, 0.6)));
      ask(new Row(flow, estimate, billed), Try.FIRST);
    }
  }

  private FlowAccount account(CallFlow flow) {
    return Optional.ofNullable(flows.get(flow)).orElseThrow();
  }

  private void ask(Row row, Try attempt) {
    long place = attempt.turn().retry() ? -1 : account(row.flow()).asked();
    scheduler.ask(
        sabotage.asked(
            new Wish(
                row.flow(),
                row.estimate(),
                attempt.turn(),
                Admission.ALWAYS,
                reservation -> {
                  switch (reservation) {
                    case Reservation.Granted granted -> send(row, attempt, place, granted);
                    case Reservation.Refused _ -> refused(row, attempt, place);
                  }
                })),
        now);
  }

  /// Somebody sees to the endpoints after a while, and the row asks again.
  private void refused(Row row, Try attempt, long place) {
    refused++;
    if (place >= 0) {
      account(row.flow()).answered(place, this::broken);
    }
    if (world.safe(row.flow())) {
      broken(now / 1e9 + " s: refused, though " + row.flow().team() + " has another endpoint");
    }
    at(
        now + 10 * SECOND,
        () -> {
          for (String endpoint : row.flow().team().endpoints()) {
            // The reset lets calls through, which count again.
            server(endpoint).reset();
            scheduler.reset(endpoint, now);
          }
          ask(row, attempt);
        });
  }

  private SimulatedServer server(String endpoint) {
    return Optional.ofNullable(servers.get(endpoint)).orElseThrow();
  }

  private void send(Row row, Try attempt, long place, Reservation.Granted granted) {
    if (place >= 0) {
      account(row.flow()).answered(place, this::broken);
      flows.values().forEach(flow -> flow.overtaken(row.flow(), granted.endpoint(), this::broken));
    }
    SimulatedServer server = server(granted.endpoint());
    LlmAnswer.Attempt answer =
        server.called(granted.call(), row.billed(), attempt.turn().budgeted(), now);
    sent.add(new Sent(now, granted.endpoint(), row.flow().job(), row.billed()));
    if (sabotage.dropsGrants()) {
      at(now, () -> scheduler.drop(granted.endpoint(), granted.call(), now));
    }
    if (random.nextDouble() < world.lost()) {
      at(
          now + DEADLINE.toNanos(),
          () -> {
            server.ended(granted.call());
            account(row.flow()).ended++;
            begin(row.flow());
          });
      return;
    }
    at(
        now + server.latency(answer, DEADLINE.toNanos()),
        () -> {
          server.settled(granted.call(), answer, now);
          Optional<Tokens> billed =
              answer instanceof LlmAnswer.Replied
                  ? sabotage.billed(row.billed())
                  : Optional.empty();
          LlmAnswer.Attempt told = sabotage.settled(answer);
          scheduler.settle(granted.endpoint(), granted.call(), told, billed, now);
          if (sabotage.resetsAfter(answer)) {
            scheduler.reset(granted.endpoint(), now);
          }
          follow(row, attempt, answer, granted.endpoint());
        });
  }

  /// What a step does with an answer: done, or asks again as the cause has it.
  private void follow(Row row, Try attempt, LlmAnswer.Attempt answer, String endpoint) {
    if (answer instanceof LlmAnswer.Failed failure) {
      FailureCause.Consequence consequence = failure.cause().consequence();
      int repeated = attempt.repeated() + (consequence == FailureCause.Consequence.REPEAT ? 1 : 0);
      int retried = attempt.retried() + (consequence == FailureCause.Consequence.RETRY ? 1 : 0);
      boolean last =
          consequence == FailureCause.Consequence.FINAL || repeated == 3 || repeated + retried == 6;
      if (!last) {
        Turn turn = Turn.after(failure.cause(), repeated + retried, endpoint);
        ask(row, new Try(turn, repeated, retried));
        return;
      }
      failed++;
      if (world.safe(row.flow())) {
        broken(now / 1e9 + " s: a row failed by " + failure.cause());
      }
    }
    account(row.flow()).ended++;
    begin(row.flow());
  }

  private void at(long time, Runnable what) {
    events.add(new Event(time, order++, what));
  }
}
