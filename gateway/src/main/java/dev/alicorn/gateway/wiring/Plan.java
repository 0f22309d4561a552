package dev.alicorn.gateway.wiring;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.EncoderConfig;
import dev.alicorn.config.EndpointConfig;
import dev.alicorn.config.JobFile;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.ledger.Forecast;
import dev.alicorn.engine.ledger.ReuseSurvey;
import dev.alicorn.engine.ledger.SeedCount;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.reuse.Reuse;
import dev.alicorn.gpuworker.EncoderBackend;
import dev.alicorn.protocol.Capabilities;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import java.io.IOException;
import java.nio.file.Path;
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
  public static Plan of(Deployment deployment, JobFile job) throws ConfigException, IOException {
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
    for (String name : Workplace.endpointNames(deployment, spec)) {
      EndpointConfig config = deployment.endpoint("endpoint", name);
      EndpointBound bound = Endpoints.bound(name, config, Capabilities.UNKNOWN);
      terms.put(name, new Forecast.Terms(bound, config.limits()));
    }
    return terms;
  }

  private static OptionalInt dimension(Deployment deployment, JobSpec spec) throws ConfigException {
    Optional<String> name = spec.embed().encoder();
    if (name.isEmpty()) {
      return OptionalInt.empty();
    }
    return switch (deployment.encoder("embed.encoder", name.get())) {
      case EncoderConfig.Onnx onnx -> EncoderBackend.ONNX.dimension(onnx.model());
    };
  }
}
