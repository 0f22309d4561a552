package dev.alicorn.engine.judge;

import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EncoderBound;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.TaskName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the names in a job's facts stood for, by its journal.
///
/// @param endpoints by endpoint name
/// @param encoder the encoder that captions are embedded by; empty where the step is left out
/// @param repeat what becomes of a call whose outcome is unknown
/// @param tasks how each task's replies are read
public record Bindings(
    Map<String, EndpointBound> endpoints,
    Optional<EncoderDescription> encoder,
    JobSpec.Repeat repeat,
    Map<TaskName, InstructTask.Reply> tasks) {
  public Bindings {
    endpoints = Map.copyOf(endpoints);
    tasks = Map.copyOf(tasks);
  }

  /// The bindings of a job that has bound nothing yet.
  public static Bindings none(JobSpec spec) {
    return of(spec, Map.of(), Optional.empty());
  }

  /// The bindings of a job with what its journal binds.
  public static Bindings of(
      JobSpec spec, Map<String, EndpointBound> endpoints, Optional<EncoderDescription> encoder) {
    return new Bindings(
        endpoints,
        encoder,
        spec.repeat(),
        spec.instruct().tasks().stream()
            .collect(Collectors.toMap(InstructTask::name, InstructTask::reply)));
  }

  /// These bindings and one more; a name keeps what it was bound to first.
  public Bindings with(EndpointBound bound) {
    Map<String, EndpointBound> more = new HashMap<>(endpoints);
    more.putIfAbsent(bound.endpoint(), bound);
    return new Bindings(more, encoder, repeat, tasks);
  }

  /// These bindings with an encoder, unless one is bound already.
  public Bindings with(EncoderBound bound) {
    return new Bindings(endpoints, encoder.or(() -> Optional.of(bound.encoder())), repeat, tasks);
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

  /// How the replies of a task that facts name are read.
  InstructTask.Reply reply(TaskName task) {
    InstructTask.Reply reply = tasks.get(task);
    if (reply == null) {
      throw new IllegalArgumentException(
          "a call was for task " + task + ", which is not the job's");
    }
    return reply;
  }
}
