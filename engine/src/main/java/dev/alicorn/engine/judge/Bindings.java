package dev.alicorn.engine.judge;

import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EncoderBound;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the names in a job's facts stood for, by its journal.
///
/// @param endpoints by endpoint name
/// @param encoder the encoder that captions are embedded by; empty where the step is left out
/// @param repeat what becomes of a call whose outcome is unknown
public record Bindings(
    Map<String, EndpointBound> endpoints,
    Optional<EncoderDescription> encoder,
    JobSpec.Repeat repeat) {
  public Bindings {
    endpoints = Map.copyOf(endpoints);
  }

  /// The bindings of a job that has bound nothing yet.
  public static Bindings none(JobSpec.Repeat repeat) {
    return new Bindings(Map.of(), Optional.empty(), repeat);
  }

  /// These bindings and one more; a name keeps what it was bound to first.
  public Bindings with(EndpointBound bound) {
    Map<String, EndpointBound> more = new HashMap<>(endpoints);
    more.putIfAbsent(bound.endpoint(), bound);
    return new Bindings(more, encoder, repeat);
  }

  /// These bindings with an encoder, unless one is bound already.
  public Bindings with(EncoderBound bound) {
    return new Bindings(endpoints, encoder.or(() -> Optional.of(bound.encoder())), repeat);
  }

  /// What an endpoint that facts name was bound to; a journal binds it before its first call.
  public EndpointBound endpoint(String name) {
    EndpointBound bound = endpoints.get(name);
    if (bound == null) {
      throw new IllegalArgumentException(
          "a call went to endpoint " + name + ", which no earlier fact binds");
    }
    return bound;
  }
}
