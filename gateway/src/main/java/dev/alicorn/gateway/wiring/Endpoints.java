package dev.alicorn.gateway.wiring;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.EndpointConfig;
import dev.alicorn.config.EndpointLimits;
import dev.alicorn.engine.job.JobSetup.ServedEndpoint;
import dev.alicorn.engine.llm.EndpointPool;
import dev.alicorn.engine.llm.EndpointSettings;
import dev.alicorn.engine.llm.LlmClient;
import dev.alicorn.engine.llm.LlmProviders;
import dev.alicorn.engine.llm.Probe;
import dev.alicorn.gpuworker.llama.LlamaProcess;
import dev.alicorn.gpuworker.llama.LlamaServerSettings;
import dev.alicorn.gpuworker.llama.LlamaUnavailableException;
import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelException;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;

/// The endpoints of a job, each probed and with its pool; the processes behind local ones end with
/// it.
final class Endpoints implements AutoCloseable {
  private final Map<String, ServedEndpoint> served = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final List<LlamaProcess> processes = new ArrayList<>();

  private Endpoints() {}

  static Endpoints open(
      Deployment deployment,
      SortedSet<String> names,
      ModelStore models,
      Progress downloads,
      ActorSystem<SpawnProtocol.Command> system)
      throws ConfigException,
          UnavailableException,
          ModelException,
          LlamaUnavailableException,
          InterruptedException {
    Endpoints endpoints = new Endpoints();
    try {
      for (String name : names) {
        endpoints.add(name, deployment.endpoint("endpoint", name), models, downloads, system);
      }
      return endpoints;
    } catch (ConfigException
        | UnavailableException
        | ModelException
        | LlamaUnavailableException
        | InterruptedException
        | RuntimeException e) {
      endpoints.close();
      throw e;
    }
  }

  Map<String, ServedEndpoint> served() {
    return Collections.unmodifiableMap(served);
  }

  /// What there is to say of the endpoints: a line each, and one for whatever looks wrong.
  List<String> lines() {
    return List.copyOf(lines);
  }

  private void add(
      String name,
      EndpointConfig config,
      ModelStore models,
      Progress downloads,
      ActorSystem<SpawnProtocol.Command> system)
      throws UnavailableException, ModelException, LlamaUnavailableException, InterruptedException {
    EndpointSettings settings =
        switch (config) {
          case EndpointConfig.Remote remote ->
              settings(
                  name,
                  remote,
                  remote::url,
                  remote.key().<Supplier<String>>map(key -> key::reveal));
          case EndpointConfig.Llama llama ->
              settings(name, llama, start(llama, name, models, downloads)::url, Optional.empty());
        };
    LlmClient client = LlmProviders.client(settings, system);
    Probe.Ready ready =
        switch (client.probe().toCompletableFuture().join()) {
          case Probe.NotReady(String complaint) -> throw new UnavailableException(complaint);
          case Probe.Ready found -> found;
        };
    ActorRef<EndpointPool.Command> pool =
        Spawning.spawn(
            system,
            EndpointPool.of(settings, System::nanoTime, new SecureRandom().nextLong()),
            "endpoint-" + name);
    EndpointBound bound = bound(name, config, ready.capabilities());
    lines.add(EndpointLine.of(bound, config.limits()));
    lines.addAll(ready.remarks());
    served.put(name, new ServedEndpoint(pool, client, bound, settings.inFlightMax()));
  }

  /// What an endpoint's name stands for in journals.
  static EndpointBound bound(String name, EndpointConfig config, Capabilities capabilities) {
    return new EndpointBound(
        name, config.dialect().wire(), config.model(), config.price(), capabilities);
  }

  private LlamaProcess start(
      EndpointConfig.Llama config, String name, ModelStore models, Progress downloads)
      throws UnavailableException, ModelException, LlamaUnavailableException, InterruptedException {
    Model model =
        ModelCatalogue.find(config.model())
            .orElseThrow(() ->
                new UnavailableException(
                    "endpoints."
                        + name
                        + ".model: there is no model "
                        + config.model()
                        + "; the catalogue has "
                        + ModelCatalogue.all().stream().map(Model::id).toList()));
    Path weights = models.fetch(model, downloads);
    LlamaServerSettings usual = LlamaServerSettings.of(weights, config.model());
    LlamaProcess process =
        LlamaProcess.start(
            new LlamaServerSettings(
                weights,
                config.model(),
                config.slots(),
                usual.threads(),
                usual.contextTokens(),
                usual.queueRequests(),
                0));
    processes.add(process);
    return process;
  }

  private static EndpointSettings settings(
      String name, EndpointConfig config, Supplier<URI> url, Optional<Supplier<String>> key) {
    EndpointLimits limits = config.limits();
    return new EndpointSettings(
        name,
        url,
        key,
        config.model(),
        config.dialect(),
        limits.requestsPerMinute(),
        limits.tokensPerMinute(),
        limits.maxInFlight(),
        limits.callDeadline(),
        limits.responseBytesMax(),
        EndpointSettings.GIVE_UP_AFTER_DEFAULT);
  }

  @Override
  public void close() {
    processes.forEach(LlamaProcess::close);
  }
}
