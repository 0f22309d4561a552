package dev.alicorn.engine.reuse;

import dev.alicorn.engine.journal.FactReader;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalEntry;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.JournalReader;
import dev.alicorn.engine.judge.Envelope;
import dev.alicorn.protocol.CallKey;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.LlmReplied;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.WireFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The usable replies in the journals of other jobs, to be copied in the place of calls.
///
/// The journals are read once, each to its last barrier and without a lock; what they gain later is
/// not seen. A reply whose envelope is refused or unusable is left out: it is not worth a copy.
/// Where several replies have one key, the one that the same record got is taken, so that a job
/// over the same seeds gets the same answers even where a seed comes twice; else the one of the
/// first record.
///
/// Thread-safe.
public final class Reuse implements AutoCloseable {
  private static final Set<EventType> WANTED =
      Set.of(EventType.ENDPOINT_BOUND, EventType.LLM_REPLIED);

  private final List<Journal> journals = new ArrayList<>();
  private final ReplyIndex index = new ReplyIndex();

  private record Journal(JobId job, FactReader facts) {}

  private Reuse() {}

  /// Reads the journals of some jobs; of two replies that suit a call, the one of the job that is
  /// named first is taken.
  ///
  /// @param jobsFolder holds the jobs' folders by their ids
  /// @throws JournalException when a job is not there, or its journal is damaged
  public static Reuse of(List<JobId> jobs, Path jobsFolder) throws JournalException {
    Reuse reuse = new Reuse();
    try {
      for (JobId job : jobs) {
        reuse.add(job, jobsFolder.resolve(job.value()).resolve("journal"));
      }
      reuse.index.sort();
      return reuse;
    } catch (JournalException | RuntimeException e) {
      reuse.close();
      throw e;
    }
  }

  private void add(JobId job, Path journal) throws JournalException {
    int number = journals.size();
    Map<String, WireFormat> wires = new HashMap<>();
    try (JournalCursor cursor = JournalReader.open(journal)) {
      journals.add(new Journal(job, FactReader.of(journal)));
      for (JournalEntry entry = cursor.next(WANTED); entry != null; entry = cursor.next(WANTED)) {
        if (entry.event() instanceof EndpointBound bound) {
          wires.putIfAbsent(bound.endpoint(), bound.wire());
        } else if (entry.event() instanceof LlmReplied reply
            && Envelope.read(reply.body(), Objects.requireNonNull(wires.get(reply.endpoint())))
                instanceof Envelope.Usable) {
          index.add(reply.key(), reply.record(), number, entry.position());
        }
      }
    }
  }

  /// A usable reply to a call, as its own job has it but for its origin, which is that job.
  public Optional<LlmReplied> find(CallKey key, RecordId record) throws JournalException {
    ReplyIndex.@Nullable Found found = index.find(key, record);
    if (found == null) {
      return Optional.empty();
    }
    Journal journal = journals.get(found.journal());
    return journal.facts().read(found.position()) instanceof LlmReplied reply
            && reply.key().equals(key)
        ? Optional.of(
            copy(reply, reply.record(), reply.ask(), reply.endpoint(), Optional.of(journal.job())))
        : Optional.empty();
  }

  /// A reply that was found, as the job has it that reuses it.
  ///
  /// @param endpoint the one that the call would have gone to
  public static LlmReplied copy(LlmReplied found, RecordId record, int ask, String endpoint) {
    return copy(found, record, ask, endpoint, found.origin());
  }

  private static LlmReplied copy(
      LlmReplied reply, RecordId record, int ask, String endpoint, Optional<JobId> origin) {
    return new LlmReplied(
        record, reply.stage(), ask, reply.key(), endpoint, reply.body(), reply.latency(), origin);
  }

  /// How many replies there are to find.
  public int size() {
    return index.size();
  }

  @Override
  public void close() {
    journals.forEach(journal -> journal.facts().close());
  }
}
