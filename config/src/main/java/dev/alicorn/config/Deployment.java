package dev.alicorn.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What `alicorn.conf` says: what jobs may use by name, and how the daemon runs.
///
/// @param endpoints by name, in alphabetical order
/// @param encoders by name, in alphabetical order
public record Deployment(
    Map<String, EndpointConfig> endpoints,
    Map<String, EncoderConfig> encoders,
    GatewayConfig gateway,
    JournalConfig journal) {
  public Deployment {
    endpoints = Collections.unmodifiableMap(new TreeMap<>(endpoints));
    encoders = Collections.unmodifiableMap(new TreeMap<>(encoders));
  }

  /// The endpoint of that name, which a job asks for at a key such as `caption.endpoint`.
  public EndpointConfig endpoint(String key, String name) throws ConfigException {
    return named(key, name, "endpoint", endpoints);
  }

  /// The encoder of that name, which a job asks for at a key such as `embed.encoder`.
  public EncoderConfig encoder(String key, String name) throws ConfigException {
    return named(key, name, "encoder", encoders);
  }

  private static <T> T named(String key, String name, String what, Map<String, T> known)
      throws ConfigException {
    T found = known.get(name);
    if (found != null) {
      return found;
    }
    throw new ConfigException(
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
