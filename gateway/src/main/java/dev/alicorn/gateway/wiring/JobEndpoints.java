package dev.alicorn.gateway.wiring;

import dev.alicorn.config.ConfigException;
import dev.alicorn.config.Deployment;
import dev.alicorn.config.PoolConfig;
import dev.alicorn.protocol.JobSpec;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who serves each name that a job calls an endpoint by.
final class JobEndpoints {
  private JobEndpoints() {}

  /// The pools of a job, an endpoint by itself being a pool of one.
  ///
  /// @throws ConfigException when the deployment lacks a name, or has another model or currency
  ///   behind it than the job can do with
  static SortedMap<String, PoolConfig> of(Deployment deployment, JobSpec spec)
      throws ConfigException {
    SortedMap<String, PoolConfig> serving = new TreeMap<>();
    JobSpec.Caption caption = spec.caption();
    serving.put(
        caption.endpoint(),
        deployment.serving("caption", caption.endpoint(), caption.otherModels()));
    JobSpec.Instruct instruct = spec.instruct();
    if (!instruct.tasks().isEmpty()) {
      serving.put(
          instruct.endpoint(),
          deployment.serving("instruct", instruct.endpoint(), instruct.otherModels()));
    }
    if (spec.budget().money().isPresent()) {
      requireOneCurrency(deployment, serving);
    }
    return serving;
  }

  private static void requireOneCurrency(
      Deployment deployment, SortedMap<String, PoolConfig> serving) throws ConfigException {
    SortedSet<String> currencies = new TreeSet<>();
    for (PoolConfig pool : serving.values()) {
      for (String name : pool.endpoints()) {
        currencies.add(deployment.endpoint("endpoint", name).price().currency());
      }
    }
    if (currencies.size() > 1) {
      throw new ConfigException(
          "budget.money",
          "the job's endpoints are paid in "
              + String.join(" and ", currencies)
              + ", which are not added up; use endpoints of one currency, or cap tokens or calls");
    }
  }
}
