package dev.alicorn.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the daemon listens and what it lets in.
///
/// @param port 0 for any free one
/// @param tokensFile who may do what; empty lets everyone on this machine do everything
/// @param seedRoots folders that a job sent over HTTP may name seed files in
public record GatewayConfig(
    String host, int port, Optional<Path> tokensFile, Optional<Tls> tls, List<Path> seedRoots) {
  public GatewayConfig {
    seedRoots = List.copyOf(seedRoots);
    if (!isLoopback(host) && (tokensFile.isEmpty() || tls.isEmpty())) {
      throw new IllegalArgumentException(
          "gateway.host: "
              + host
              + " can be reached from outside; give gateway.tokens_file and gateway.tls, or use"
              + " 127.0.0.1");
    }
  }

  /// PEM files.
  public record Tls(Path certificate, Path key) {}

  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
