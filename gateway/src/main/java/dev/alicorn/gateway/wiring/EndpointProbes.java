package dev.alicorn.gateway.wiring;

import dev.alicorn.config.EndpointConfig;
import dev.alicorn.engine.llm.LlmProviders;
import dev.alicorn.engine.llm.Probe;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// Looks at endpoints that are made for no job: nothing is started, and no call is made that could
/// be billed. Thread-safe.
public final class EndpointProbes implements AutoCloseable {
  private @Nullable ActorSystem<?> system;

  /// Asks an endpoint whether it is there, takes the key and has the model; takes 20 s at most.
  public CompletionStage<Probe> probe(String name, EndpointConfig.Remote endpoint) {
    return LlmProviders.client(Endpoints.settings(name, endpoint), system()).probe();
  }

  /// An endpoint that has answered, as a run tells its user of it.
  public static String line(String name, EndpointConfig.Remote endpoint, Probe.Ready answer) {
    return EndpointLine.of(
        Endpoints.bound(name, endpoint, answer.capabilities()), endpoint.limits());
  }

  private synchronized ActorSystem<?> system() {
    if (system == null) {
      system = Workplace.start();
    }
    return system;
  }

  @Override
  public synchronized void close() {
    if (system != null) {
      Workplace.stop(system);
    }
  }
}
