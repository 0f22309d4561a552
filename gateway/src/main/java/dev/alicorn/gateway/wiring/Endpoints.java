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
import dev.alicorn.gpuworker.llama.LlamaProcess;
import dev.alicorn.gpuworker.llama.LlamaServerSettings;
import dev.alicorn.gpuworker.llama.LlamaUnavailableException;
import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import dev.alicorn.gpuworker.model.ModelException;
import dev.alicorn.gpuworker.model.ModelStore;
import dev.alicorn.gpuworker.model.Progress;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.WireFormat;
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

  private void add(
      String name,
      EndpointConfig config,
      ModelStore models,
      Progress downloads,
      ActorSystem<SpawnProtocol.Command> system)
      throws UnavailableException, ModelException, LlamaUnavailableException, InterruptedException {
    EndpointSettings settings =
        switch (config) {
          case EndpointConfig.OpenAi openAi ->
              settings(
                  name,
                  openAi,
                  openAi::url,
                  openAi.key().<Supplier<String>>map(key -> key::reveal));
          case EndpointConfig.Llama llama ->
              settings(name, llama, start(llama, name, models, downloads)::url, Optional.empty());
        };
    LlmClient client = LlmProviders.client(settings, system);
    Optional<String> complaint = client.probe().toCompletableFuture().join();
    if (complaint.isPresent()) {
      throw new UnavailableException(complaint.get());
    }
    ActorRef<EndpointPool.Command> pool =
        Spawning.spawn(
            system,
            EndpointPool.of(settings, System::nanoTime, new SecureRandom().nextLong()),
            "endpoint-" + name);
    EndpointBound bound =
        new EndpointBound(
            name, settings.wire(), config.model(), config.price(), config.jsonSchema());
    served.put(name, new ServedEndpoint(pool, client, bound, settings.inFlightMax()));
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
        WireFormat.OPENAI_CHAT,
        limits.requestsPerMinute(),
        limits.tokensPerMinute(),
        limits.maxInFlight(),
        limits.callDeadline(),
        limits.responseBytesMax(),
        config.jsonSchema(),
        limits.giveUpAfter());
  }

  @Override
  public void close() {
    processes.forEach(LlamaProcess::close);
  }
}
