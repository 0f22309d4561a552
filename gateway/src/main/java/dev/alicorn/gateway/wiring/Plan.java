package dev.alicorn.gateway.wiring;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.EncoderConfig;
import dev.alicorn.config.EndpointConfig;
import dev.alicorn.config.EndpointLimits;
import dev.alicorn.config.JobFile;
import dev.alicorn.config.PoolConfig;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.ledger.Forecast;
import dev.alicorn.engine.ledger.ReuseSurvey;
import dev.alicorn.engine.ledger.SeedCount;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.reuse.Reuse;
import dev.alicorn.engine.step.CallTerms;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.folder.EncoderFolders;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// What a job is going to do in a deployment, from its files alone: no endpoint, no encoder and no
/// model is asked, or needs to be there.
public record Plan(SeedCount seeds, Forecast forecast) {

  /// Reads the job's seeds to their end and works the forecast out.
  ///
  /// @throws ConfigException when the job names what the deployment has not
  /// @throws EncoderException when the encoder's settings are missing or wrong
  public static Plan of(Deployment deployment, JobFile job)
      throws ConfigException, EncoderException, IOException {
    SeedCount seeds = SeedCount.of(job.spec().seeds(), job.folder());
    return new Plan(
        seeds,
        Forecast.of(
            job.spec(), terms(deployment, job.spec()), seeds, dimension(deployment, job.spec())));
  }

  /// What the replies of other jobs' journals will spare the job.
  ///
  /// @param jobsFolder holds the jobs' folders by their ids
  public Statement reused(Deployment deployment, JobFile job, Path jobsFolder)
      throws ConfigException, JournalException, IOException {
    Bindings bindings = Bindings.none(job.spec());
    for (Forecast.Terms terms : terms(deployment, job.spec()).values()) {
      bindings = bindings.with(terms.bound());
    }
    try (Reuse reuse = Reuse.of(job.spec().reuse(), jobsFolder)) {
      return new ReuseSurvey(job.spec(), bindings, reuse).over(seeds.seeds(), job.folder());
    }
  }

  private static Map<String, Forecast.Terms> terms(Deployment deployment, JobSpec spec)
      throws ConfigException {
    Map<String, Forecast.Terms> terms = new TreeMap<>();
    for (Map.Entry<String, PoolConfig> served : JobEndpoints.of(deployment, spec).entrySet()) {
      terms.put(served.getKey(), terms(deployment, served.getKey(), served.getValue()));
    }
    return terms;
  }

  /// A pool is taken for one endpoint, with the dearest price and the limits of all together.
  private static Forecast.Terms terms(Deployment deployment, String name, PoolConfig pool)
      throws ConfigException {
    List<EndpointBound> bounds = new ArrayList<>();
    List<EndpointLimits> limits = new ArrayList<>();
    for (String member : pool.endpoints()) {
      EndpointConfig config = deployment.endpoint("endpoint", member);
      bounds.add(Endpoints.bound(member, config, Capabilities.UNKNOWN));
      limits.add(config.limits());
    }
    CallTerms terms = CallTerms.of(bounds);
    return new Forecast.Terms(
        new EndpointBound(name, terms.wire(), pool.model(), terms.dearest(), Capabilities.UNKNOWN),
        limits.stream().reduce(EndpointLimits::plus).orElseThrow());
  }

  private static OptionalInt dimension(Deployment deployment, JobSpec spec)
      throws ConfigException, EncoderException {
    Optional<String> name = spec.embed().encoder();
    if (name.isEmpty()) {
      return OptionalInt.empty();
    }
    return switch (deployment.encoder("embed.encoder", name.get())) {
      case EncoderConfig.Local local ->
          OptionalInt.of(EncoderFolders.settings(local.source()).dimension());
      // Its first worker will tell.
      case EncoderConfig.Remote _ -> OptionalInt.empty();
    };
  }
}
