package dev.alicorn.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What `alicorn.conf` says: what jobs may use by name, and how the daemon runs.
///
/// @param endpoints by name, in alphabetical order
/// @param pools of endpoints, by names that no endpoint has, in alphabetical order
/// @param encoders by name, in alphabetical order
/// @param file that it was read from
public record Deployment(
    Map<String, EndpointConfig> endpoints,
    Map<String, PoolConfig> pools,
    Map<String, EncoderConfig> encoders,
    GatewayConfig gateway,
    JournalConfig journal,
    ClusterConfig cluster,
    Optional<Path> file) {
  public Deployment {
    endpoints = Collections.unmodifiableMap(new TreeMap<>(endpoints));
    pools = Collections.unmodifiableMap(new TreeMap<>(pools));
    encoders = Collections.unmodifiableMap(new TreeMap<>(encoders));
  }

  /// The endpoint of that name, which a job asks for at a key such as `caption.endpoint`.
  public EndpointConfig endpoint(String key, String name) throws ConfigException {
    EndpointConfig found = endpoints.get(name);
    if (found != null) {
      return found;
    }
    TreeMap<String, Object> known = new TreeMap<>(endpoints);
    known.putAll(pools);
    throw unknown(key, name, "endpoint", known);
  }

  /// Who serves the calls of a step: the pool of that name, or the endpoint of that name as a pool
  /// of one.
  ///
  /// @param step `caption` or `instruct`, whose key `endpoint` names it
  /// @param otherModels whether endpoints of a pool may serve a model of another name
  public PoolConfig serving(String step, String name, boolean otherModels) throws ConfigException {
    PoolConfig pool = pools.get(name);
    if (pool == null) {
      EndpointConfig endpoint = endpoint(step + ".endpoint", name);
      return new PoolConfig(List.of(name), endpoint.model());
    }
    for (String member : pool.endpoints()) {
      String model = endpoint("endpoints." + name + ".endpoints", member).model();
      if (!otherModels && !model.equals(pool.model())) {
        throw new ConfigException(
            step + ".endpoint",
            "endpoint %s of pool %s serves %s, not %s; take it out of endpoints.%s.endpoints, or write %s.other_models = true"
                .formatted(member, name, model, pool.model(), name, step));
      }
    }
    return pool;
  }

  /// The encoder of that name, which a job asks for at a key such as `embed.encoder`.
  public EncoderConfig encoder(String key, String name) throws ConfigException {
    return named(key, name, "encoder", encoders);
  }

  /// Whether other processes encode for this one.
  public boolean hasWorkers() {
    return cluster.port() > 0
        || encoders.values().stream()
            .anyMatch(it -> it instanceof EncoderConfig.Remote || it.processes() > 0);
  }

  private static <T> T named(String key, String name, String what, Map<String, T> known)
      throws ConfigException {
    T found = known.get(name);
    if (found != null) {
      return found;
    }
    throw unknown(key, name, what, known);
  }

  private static ConfigException unknown(
      String key, String name, String what, Map<String, ?> known) {
    return new ConfigException(
        key,
        "no %s of alicorn.conf is called \"%s\"; %s"
            .formatted(
                what,
                name,
                known.isEmpty()
                    ? "it has none"
                    : "did you mean \"" + Nearest.to(name, known.keySet()) + "\"?"));
  }
}
