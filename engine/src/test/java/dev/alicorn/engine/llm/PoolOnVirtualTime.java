package dev.alicorn.engine.llm;

import com.typesafe.config.Config;
import dev.alicorn.engine.llm.EndpointPool.Command;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.Effect;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.jspecify.annotations.Nullable;

/// The real pool actor with one endpoint, run message by message on a clock that the test sets.
final class PoolOnVirtualTime {
  private static final Config CONFIG = BehaviorTestKit.applicationTestConfig();

  private final BehaviorTestKit<Command> kit;
  private final String endpoint;
  private final CallFlow flow;
  private long now;
  private long wakeAt = Long.MAX_VALUE;
  private @Nullable Command wake;

  PoolOnVirtualTime(EndpointSettings settings, long seed) {
    kit =
        BehaviorTestKit.create(EndpointPool.of(List.of(settings), () -> now, seed), "pool", CONFIG);
    endpoint = settings.name();
    flow = new CallFlow("job", 1, "caption", Team.of(endpoint));
    takeTimers();
  }

  long now() {
    return now;
  }

  /// When the pool's timer goes off; `Long.MAX_VALUE` if none is set.
  long wakeAt() {
    return wakeAt;
  }

  /// Moves the clock on; the timer goes off on the way, as often as it is set.
  void passTo(long time) {
    while (wakeAt <= time) {
      now = Math.max(now, wakeAt);
      wakeAt = Long.MAX_VALUE;
      run(wake);
    }
    now = time;
  }

  CompletableFuture<Reservation> reserve(Turn turn, Admission admission) {
    CompletableFuture<Reservation> reply = new CompletableFuture<>();
    Wish wish = new Wish(flow, new Tokens(50, 50), turn, admission, reply::complete);
    run(new EndpointPool.Reserve(wish));
    return reply;
  }

  CompletableFuture<Reservation> reserve(Turn turn) {
    return reserve(turn, Admission.ALWAYS);
  }

  /// Reserves what must be granted at once; returns the call's number.
  long granted(Turn turn) {
    return ((Reservation.Granted) reserve(turn).getNow(null)).call();
  }

  void settle(long call, LlmAnswer.Attempt attempt) {
    run(new EndpointPool.Settle(endpoint, call, attempt, Optional.empty()));
  }

  void drop(long call) {
    run(new EndpointPool.Drop(endpoint, call));
  }

  void reset() {
    run(new EndpointPool.Reset(endpoint));
  }

  EndpointSnapshot look() {
    CompletableFuture<EndpointSnapshot> reply = new CompletableFuture<>();
    run(new EndpointPool.Look(endpoint, reply));
    return reply.join();
  }

  void run(@Nullable Command command) {
    kit.run(command);
    takeTimers();
  }

  @SuppressWarnings("unchecked")
  private void takeTimers() {
    while (kit.hasEffects()) {
      if (kit.getEffect() instanceof Effect.TimerScheduled<?> timer) {
        wakeAt = now + timer.duration().toNanos();
        wake = ((Effect.TimerScheduled<Command>) timer).msg();
      }
    }
  }
}
