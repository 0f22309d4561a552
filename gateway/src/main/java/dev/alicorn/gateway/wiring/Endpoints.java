package dev.alicorn.gateway.wiring;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.EndpointConfig;
import dev.alicorn.config.EndpointLimits;
import dev.alicorn.config.PoolConfig;
import dev.alicorn.engine.job.JobSetup.ServedEndpoint;
import dev.alicorn.engine.job.JobSetup.Serving;
import dev.alicorn.engine.llm.EndpointPool;
import dev.alicorn.engine.llm.EndpointSettings;
import dev.alicorn.engine.llm.LlmClient;
import dev.alicorn.engine.llm.LlmProviders;
import dev.alicorn.engine.llm.Probe;
import dev.alicorn.engine.llm.Team;
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
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;

/// The endpoints of a job, each probed, their limits all with one actor; the processes behind local
/// ones end with it.
final class Endpoints implements AutoCloseable {
  private final Map<String, EndpointSettings> settings = new LinkedHashMap<>();
  private final Map<String, ServedEndpoint> served = new LinkedHashMap<>();
  private final Map<String, Serving> pools = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final List<LlamaProcess> processes = new ArrayList<>();

  private Endpoints() {}

  /// Opens all that serve a job.
  ///
  /// @param serving who serves each name that the job calls an endpoint by
  static Endpoints open(
      Deployment deployment,
      SortedMap<String, PoolConfig> serving,
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
      for (PoolConfig pool : serving.values()) {
        for (String name : pool.endpoints()) {
          if (!endpoints.settings.containsKey(name)) {
            EndpointConfig config = deployment.endpoint("endpoint", name);
            endpoints.settings.put(name, endpoints.settings(name, config, models, downloads));
          }
        }
      }
      FileDescriptors.requireFor(
          endpoints.settings.values().stream().mapToInt(EndpointSettings::inFlightMax).sum());
      endpoints.serve(deployment, serving, system);
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

  /// Who serves the names that stand for pools.
  Map<String, Serving> pools() {
    return Collections.unmodifiableMap(pools);
  }

  /// What there is to say of the endpoints: a line each, and one for whatever looks wrong.
  List<String> lines() {
    return List.copyOf(lines);
  }

  private void serve(
      Deployment deployment,
      SortedMap<String, PoolConfig> serving,
      ActorSystem<SpawnProtocol.Command> system)
      throws ConfigException, UnavailableException {
    ActorRef<EndpointPool.Command> actor =
        Spawning.spawn(
            system,
            EndpointPool.of(
                List.copyOf(settings.values()), System::nanoTime, new SecureRandom().nextLong()),
            "endpoints");
    Map<String, String> complaints = new LinkedHashMap<>();
    for (EndpointSettings endpoint : settings.values()) {
      LlmClient client = LlmProviders.client(endpoint, system);
      EndpointConfig config = deployment.endpoint("endpoint", endpoint.name());
      Capabilities capabilities =
          switch (client.probe().toCompletableFuture().join()) {
            case Probe.NotReady(String complaint) -> {
              complaints.put(endpoint.name(), complaint);
              yield Capabilities.UNKNOWN;
            }
            case Probe.Ready ready -> {
              lines.add(
                  EndpointLine.of(
                      bound(endpoint.name(), config, ready.capabilities()), config.limits()));
              lines.addAll(ready.remarks());
              yield ready.capabilities();
            }
          };
      served.put(
          endpoint.name(),
          new ServedEndpoint(
              actor, client, bound(endpoint.name(), config, capabilities), endpoint.inFlightMax()));
    }
    for (Map.Entry<String, PoolConfig> entry : serving.entrySet()) {
      add(entry.getKey(), entry.getValue(), complaints);
    }
  }

  /// A pool serves as long as one of its endpoints is there.
  private void add(String name, PoolConfig pool, Map<String, String> complaints)
      throws UnavailableException {
    List<String> absent = pool.endpoints().stream().filter(complaints::containsKey).toList();
    String why = absent.stream().map(complaints::get).collect(Collectors.joining("; "));
    if (absent.size() == pool.endpoints().size()) {
      throw new UnavailableException(why);
    }
    if (!absent.isEmpty()) {
      lines.add("pool " + name + " begins without " + String.join(", ", absent) + ": " + why);
    }
    if (!pool.endpoints().equals(List.of(name))) {
      pools.put(name, new Serving(new Team(name, pool.endpoints()), pool.model()));
    }
  }

  private EndpointSettings settings(
      String name, EndpointConfig config, ModelStore models, Progress downloads)
      throws UnavailableException, ModelException, LlamaUnavailableException, InterruptedException {
    return switch (config) {
      case EndpointConfig.Remote remote ->
          settings(
              name, remote, remote::url, remote.key().<Supplier<String>>map(key -> key::reveal));
      case EndpointConfig.Llama llama ->
          settings(name, llama, start(llama, name, models, downloads)::url, Optional.empty());
    };
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
        limits.inputTokensPerMinute(),
        limits.outputTokensPerMinute(),
        limits.maxInFlight(),
        limits.weight(),
        limits.callDeadline(),
        limits.responseBytesMax(),
        limits.giveUpAfter());
  }

  @Override
  public void close() {
    processes.forEach(LlamaProcess::close);
  }
}
