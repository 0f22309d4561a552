package dev.alicorn.engine.replay;

import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalEvent.EncoderBound;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.IncarnationOpened;
import dev.alicorn.protocol.JournalEvent.JobOpened;
import dev.alicorn.protocol.JournalEvent.JobResumed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a journal begins with: the job, and what its endpoints and its encoder stood for. No
/// record's fact comes before them, but an endpoint that joined a pool later is bound further on.
/// Where a kill broke the header off, the job was resumed amid it and the rest of it follows.
///
/// @param job empty where the journal breaks off before it
public record JobHeader(
    Optional<JobOpened> job,
    Map<String, EndpointBound> endpoints,
    Optional<EncoderDescription> encoder) {
  private static final Set<EventType> BINDINGS = Set.of(EventType.ENDPOINT_BOUND);

  /// This header with the endpoints that were bound later.
  ///
  /// @param cursor as `read` left it; read to the end
  public JobHeader withLater(JournalCursor cursor) throws JournalException {
    Map<String, EndpointBound> all = new LinkedHashMap<>(endpoints);
    for (JournalEntry entry = cursor.next(BINDINGS); entry != null; entry = cursor.next(BINDINGS)) {
      if (entry.event() instanceof EndpointBound bound) {
        all.putIfAbsent(bound.endpoint(), bound);
      }
    }
    return new JobHeader(job, all, encoder);
  }

  /// This header with more endpoints; a name keeps what it was bound to first.
  public JobHeader with(Map<String, EndpointBound> more) {
    Map<String, EndpointBound> all = new LinkedHashMap<>(endpoints);
    more.forEach(all::putIfAbsent);
    return new JobHeader(job, all, encoder);
  }

  /// Reads the header and leaves the cursor somewhere behind it.
  public static JobHeader read(JournalCursor cursor) throws JournalException {
    Optional<JobOpened> job = Optional.empty();
    Map<String, EndpointBound> endpoints = new LinkedHashMap<>();
    Optional<EncoderDescription> encoder = Optional.empty();
    while (true) {
      @Nullable JournalEntry entry = cursor.next();
      switch (entry == null ? null : entry.event()) {
        case IncarnationOpened _, JobResumed _ -> {}
        case JobOpened opened -> job = Optional.of(opened);
        case EndpointBound bound -> endpoints.putIfAbsent(bound.endpoint(), bound);
        case EncoderBound(EncoderDescription description) -> encoder = Optional.of(description);
        case null, default -> {
          return new JobHeader(job, endpoints, encoder);
        }
      }
    }
  }
}
