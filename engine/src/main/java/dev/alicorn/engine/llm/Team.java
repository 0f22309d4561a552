package dev.alicorn.engine.llm;

import java.util.List;

/// What the name of an endpoint stands for in a job: one endpoint, or a pool of several that serve
/// its calls between them.
///
/// @param name as the job says it
/// @param endpoints by name, each once
public record Team(String name, List<String> endpoints) {
  public Team {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty() || endpoints.stream().distinct().count() != endpoints.size()) {
      throw new IllegalArgumentException(
          "pool " + name + " needs endpoints, each once, not " + endpoints);
    }
  }

  /// An endpoint by itself.
  public static Team of(String endpoint) {
    return new Team(endpoint, List.of(endpoint));
  }
}
