package dev.alicorn.gateway.wiring;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// Actors under the system's guardian.
public final class Spawning {
  private static final Duration SPAWNED_WITHIN = Duration.ofSeconds(30);

  private Spawning() {}

  /// Starts an actor and gives its address.
  public static <T> ActorRef<T> spawn(
      ActorSystem<SpawnProtocol.Command> system, Behavior<T> behavior, String name) {
    return AskPattern.<SpawnProtocol.Command, ActorRef<T>>ask(
            system,
            replyTo -> new SpawnProtocol.Spawn<>(behavior, name, Props.empty(), replyTo),
            SPAWNED_WITHIN,
            system.scheduler())
        .toCompletableFuture()
        .join();
  }
}
