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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;

/// The endpoints of a deployment, or some of them: their limits all with one actor, each probed
/// when the first job needs it. The processes behind local ones end with it.
final class Endpoints implements AutoCloseable {
  private final Deployment deployment;
  private final ModelStore models;
  private final Progress downloads;
  private final ActorSystem<SpawnProtocol.Command> system;
  private final Map<String, EndpointSettings> settings = new LinkedHashMap<>();
  private final Map<String, LlamaProcess> processes = new ConcurrentHashMap<>();
  private final Map<String, Ready> ready = new ConcurrentHashMap<>();
  private final ActorRef<EndpointPool.Command> actor;

  /// What serves a job.
  ///
  /// @param endpoints by name, those that are not there now among them
  /// @param pools by the names that stand for several endpoints
  /// @param lines what there is to say of them: a line each, and one for whatever looks wrong
  record Served(
      Map<String, ServedEndpoint> endpoints, Map<String, Serving> pools, List<String> lines) {}

  /// An endpoint that has answered its probe.
  private record Ready(ServedEndpoint served, List<String> lines) {}

  private Endpoints(
      Deployment deployment,
      Collection<String> names,
      ModelStore models,
      Progress downloads,
      ActorSystem<SpawnProtocol.Command> system)
      throws ConfigException, UnavailableException {
    this.deployment = deployment;
    this.models = models;
    this.downloads = downloads;
    this.system = system;
    for (String name : names) {
      settings.put(name, settings(name, deployment.endpoint("endpoint", name)));
    }
    FileDescriptors.requireFor(
        settings.values().stream().mapToInt(EndpointSettings::inFlightMax).sum());
    this.actor =
        Spawning.spawn(
            system,
            EndpointPool.of(
                List.copyOf(settings.values()), System::nanoTime, new SecureRandom().nextLong()),
            "endpoints");
  }

  /// Makes the limits of some endpoints known; none is probed.
  ///
  /// @throws UnavailableException when this process may not open that many connections
  static Endpoints open(
      Deployment deployment,
      Collection<String> names,
      ModelStore models,
      Progress downloads,
      ActorSystem<SpawnProtocol.Command> system)
      throws ConfigException, UnavailableException {
    return new Endpoints(deployment, names, models, downloads, system);
  }

  /// Sees to it that a job is served: starts what is ours and probes what has not answered yet.
  ///
  /// @param serving who serves each name that the job calls an endpoint by
  /// @throws UnavailableException when nobody is there for one of the names
  synchronized Served serve(SortedMap<String, PoolConfig> serving)
      throws ConfigException,
          UnavailableException,
          ModelException,
          LlamaUnavailableException,
          InterruptedException {
    Map<String, ServedEndpoint> served = new LinkedHashMap<>();
    Map<String, String> complaints = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (PoolConfig pool : serving.values()) {
      for (String name : pool.endpoints()) {
        if (!served.containsKey(name)) {
          served.put(name, endpoint(name, complaints, lines));
        }
      }
    }
    Map<String, Serving> pools = new LinkedHashMap<>();
    for (Map.Entry<String, PoolConfig> entry : serving.entrySet()) {
      PoolConfig pool = entry.getValue();
      requireOneThere(entry.getKey(), pool, complaints, lines);
      if (!pool.endpoints().equals(List.of(entry.getKey()))) {
        pools.put(
            entry.getKey(), new Serving(new Team(entry.getKey(), pool.endpoints()), pool.model()));
      }
    }
    return new Served(served, pools, lines);
  }

  /// How they are, in the order of their names.
  CompletionStage<List<EndpointView>> look() {
    List<CompletableFuture<EndpointView>> views = new ArrayList<>();
    for (Map.Entry<String, EndpointSettings> endpoint : new TreeMap<>(settings).entrySet()) {
      boolean probed = ready.containsKey(endpoint.getKey());
      views.add(
          EndpointPool.look(actor, endpoint.getKey())
              .thenApply(snapshot ->
                  new EndpointView(
                      endpoint.getValue().model(),
                      endpoint.getValue().dialect().wire(),
                      probed,
                      snapshot)));
    }
    return CompletableFuture.allOf(views.toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> views.stream().map(CompletableFuture::join).toList());
  }

  /// Takes one in again that was out of service; false where there is none of that name.
  boolean reset(String name) {
    if (!settings.containsKey(name)) {
      return false;
    }
    EndpointPool.reset(actor, name);
    return true;
  }

  private ServedEndpoint endpoint(String name, Map<String, String> complaints, List<String> lines)
      throws ConfigException,
          UnavailableException,
          ModelException,
          LlamaUnavailableException,
          InterruptedException {
    Ready known = ready.get(name);
    if (known != null) {
      lines.addAll(known.lines());
      return known.served();
    }
    EndpointSettings endpoint = Objects.requireNonNull(settings.get(name), name);
    EndpointConfig config = deployment.endpoint("endpoint", name);
    if (config instanceof EndpointConfig.Llama llama && !processes.containsKey(name)) {
      processes.put(name, start(llama, name));
    }
    LlmClient client = LlmProviders.client(endpoint, system);
    return switch (client.probe().toCompletableFuture().join()) {
      case Probe.NotReady(String complaint) -> {
        complaints.put(name, complaint);
        yield served(endpoint, client, bound(name, config, Capabilities.UNKNOWN));
      }
      case Probe.Ready found -> {
        EndpointBound bound = bound(name, config, found.capabilities());
        List<String> told = new ArrayList<>();
        told.add(EndpointLine.of(bound, config.limits()));
        told.addAll(found.remarks());
        lines.addAll(told);
        ServedEndpoint served = served(endpoint, client, bound);
        ready.put(name, new Ready(served, told));
        yield served;
      }
    };
  }

  private ServedEndpoint served(EndpointSettings endpoint, LlmClient client, EndpointBound bound) {
    return new ServedEndpoint(actor, client, bound, endpoint.inFlightMax());
  }

  /// A pool serves as long as one of its endpoints is there.
  private static void requireOneThere(
      String name, PoolConfig pool, Map<String, String> complaints, List<String> lines)
      throws UnavailableException {
    List<String> absent = pool.endpoints().stream().filter(complaints::containsKey).toList();
    String why = absent.stream().map(complaints::get).collect(Collectors.joining("; "));
    if (absent.size() == pool.endpoints().size()) {
      throw new UnavailableException(why);
    }
    if (!absent.isEmpty()) {
      lines.add("pool " + name + " begins without " + String.join(", ", absent) + ": " + why);
    }
  }

  private EndpointSettings settings(String name, EndpointConfig config) {
    return switch (config) {
      case EndpointConfig.Remote remote -> settings(name, remote);
      case EndpointConfig.Llama llama ->
          settings(
              name,
              llama,
              () -> Objects.requireNonNull(processes.get(name), name).url(),
              Optional.empty());
    };
  }

  static EndpointSettings settings(String name, EndpointConfig.Remote remote) {
    return settings(
        name, remote, remote::url, remote.key().<Supplier<String>>map(key -> key::reveal));
  }

  /// What an endpoint's name stands for in journals.
  static EndpointBound bound(String name, EndpointConfig config, Capabilities capabilities) {
    return new EndpointBound(
        name, config.dialect().wire(), config.model(), config.price(), capabilities);
  }

  private LlamaProcess start(EndpointConfig.Llama config, String name)
      throws UnavailableException, ModelException, LlamaUnavailableException, InterruptedException {
    Model model =
        ModelCatalogue.find(config.model(), Model.Use.LANGUAGE)
            .orElseThrow(() ->
                new UnavailableException(
                    "endpoints."
                        + name
                        + ".model: there is no language model "
                        + config.model()
                        + "; the catalogue has "
                        + ModelCatalogue.ids(Model.Use.LANGUAGE)));
    Path weights = models.fetch(model, downloads);
    LlamaServerSettings usual = LlamaServerSettings.of(weights, config.model());
    return LlamaProcess.start(
        new LlamaServerSettings(
            weights,
            config.model(),
            config.slots(),
            usual.threads(),
            usual.contextTokens(),
            usual.queueRequests(),
            0));
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
    processes.values().forEach(LlamaProcess::close);
  }
}
