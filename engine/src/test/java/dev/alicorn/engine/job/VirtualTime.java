package dev.alicorn.engine.job;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/// A clock that only its test moves, with the actors whose timers go by it.
final class VirtualTime implements AutoCloseable {
  private static final Config CONFIG =
      ManualTime.config().withFallback(BehaviorTestKit.applicationTestConfig());

  private final ActorTestKit kit = ActorTestKit.create("virtual-time", CONFIG);
  private final ManualTime timers = ManualTime.get(kit.system());
  private final AtomicLong nanos = new AtomicLong();

  long nanos() {
    return nanos.get();
  }

  Duration now() {
    return Duration.ofNanos(nanos.get());
  }

  /// Moves the clock on; timers that are due go off.
  void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
    timers.timePasses(duration);
  }

  <T> ActorRef<T> spawn(Behavior<T> behavior) {
    return kit.spawn(behavior);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
