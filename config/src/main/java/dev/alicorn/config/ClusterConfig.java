package dev.alicorn.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Where this process meets others that encode for it, or that it encodes for.
///
/// @param host of this machine, as the others reach it
/// @param port 0 for any free one
public record ClusterConfig(String host, int port, Optional<Tls> tls) {
  private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]", "*");

  public ClusterConfig {
    if (ANY.contains(host)) {
      throw new IllegalArgumentException(
          "cluster.host: "
              + host
              + " is no address that others can connect to; name one of this machine's own");
    }
    if (!GatewayConfig.isLoopback(host) && tls.isEmpty()) {
      throw new IllegalArgumentException(
          "cluster.host: "
              + host
              + " can be reached from outside; give cluster.tls { certificate, key, authority }, or"
              + " use 127.0.0.1");
    }
  }

  /// PEM files: what this process shows, and the authority that has signed what it is shown.
  public record Tls(Path certificate, Path key, Path authority) {}

  /// Whether a process on that host can connect to this one.
  public boolean isReachedFrom(String other) {
    return !GatewayConfig.isLoopback(host) || GatewayConfig.isLoopback(other);
  }
}
