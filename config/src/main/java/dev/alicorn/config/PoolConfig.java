package dev.alicorn.config;

import java.util.List;

/// Endpoints of the deployment that serve a job's calls between them (`kind = pool`).
///
/// @param endpoints by name, each once
/// @param model what jobs and call keys know the model by
public record PoolConfig(List<String> endpoints, String model) {
  public PoolConfig {
    endpoints = List.copyOf(endpoints);
  }
}
