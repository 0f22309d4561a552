package dev.alicorn.gateway.doctor;

import dev.alicorn.config.EndpointConfig;
import dev.alicorn.engine.llm.Probe;
import dev.alicorn.gateway.wiring.EndpointProbes;
import java.util.concurrent.ExecutionException;

/// Whether an endpoint of somebody's is there, takes the key and has the model.
///
/// @param name what the deployment calls it
record EndpointCheck(String name, EndpointConfig.Remote endpoint, EndpointProbes probes)
    implements Check {

  @Override
  public String subject() {
    return "endpoint " + name;
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public Diagnosis look() throws InterruptedException {
    try {
      return switch (probes.probe(name, endpoint).toCompletableFuture().get()) {
        case Probe.NotReady(String complaint) -> Diagnosis.fail(complaint);
        case Probe.Ready ready -> {
          String line = EndpointProbes.line(name, endpoint, ready);
          yield ready.remarks().isEmpty()
              ? Diagnosis.ok(line)
              : Diagnosis.warn(line + "; " + String.join("; ", ready.remarks()));
        }
      };
    } catch (ExecutionException e) {
      throw new IllegalStateException("a probe ends with an answer", e);
    }
  }
}
