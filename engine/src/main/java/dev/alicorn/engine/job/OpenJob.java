package dev.alicorn.engine.job;

import dev.alicorn.config.JobSpecJson;
import dev.alicorn.engine.encoder.EncoderClient;
import dev.alicorn.engine.journal.Journal;
import dev.alicorn.engine.journal.JournalCursor;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.journal.Position;
import dev.alicorn.engine.judge.Bindings;
import dev.alicorn.engine.replay.JobHeader;
import dev.alicorn.engine.reuse.Reuse;
import dev.alicorn.engine.state.JobState;
import dev.alicorn.engine.state.Snapshot;
import dev.alicorn.engine.state.SnapshotFile;
import dev.alicorn.engine.step.Spending;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.JournalEvent.EncoderBound;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.JournalEvent.JobOpened;
import dev.alicorn.protocol.JournalEvent.JobResumed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A job with its journal open for writing and all of its facts folded.
///
/// @param state as it was when the job was opened; its counts and records go on with the backlog
record OpenJob(
    JobSetup setup,
    Journal journal,
    JobState state,
    Backlog backlog,
    Reuse reuse,
    Spending spending,
    Snapshots snapshots)
    implements AutoCloseable {

  /// Opens a job's journal, new or with facts, and folds what is there.
  ///
  /// @throws JournalException when the journal, or that of a job that it reuses, is damaged, or it
  ///   cannot be written
  /// @throws BindingException when an endpoint or the encoder is not the one that the job began
  ///   with
  static OpenJob open(JobSetup setup) throws JournalException, BindingException {
    Reuse reuse = Reuse.of(setup.spec().reuse(), setup.jobsFolder());
    SnapshotFile file = new SnapshotFile(setup.folder());
    Optional<Snapshot> snapshot = Snapshots.read(file, setup);
    Journal journal;
    try {
      journal =
          setup.journal().open(setup.journalFolder(), setup.version(), snapshot.map(Snapshot::end));
    } catch (JournalException | RuntimeException e) {
      reuse.close();
      throw e;
    }
    try {
      Map<String, EndpointBound> endpoints = bind(journal, setup, snapshot);
      Optional<EncoderDescription> encoder = setup.encoder().map(EncoderClient::description);
      Bindings bindings = Bindings.of(setup.spec(), endpoints, encoder);
      Snapshots snapshots = new Snapshots(file, setup, journal, bindings);
      JobState state = snapshots.fold(snapshot);
      state.endOfFacts();
      Spending spending = new Spending(setup.spec().budget(), state.ledger());
      return new OpenJob(
          setup, journal, state, new Backlog(state, setup.spec()), reuse, spending, snapshots);
    } catch (JournalException | BindingException | RuntimeException e) {
      reuse.close();
      try {
        journal.close();
      } catch (JournalException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /// Holds the deployment against what the job began with, and journals what it had not bound yet.
  private static Map<String, EndpointBound> bind(
      Journal journal, JobSetup setup, Optional<Snapshot> snapshot)
      throws JournalException, BindingException {
    JobHeader header = header(journal, setup, snapshot);
    for (String pool : setup.pools().keySet()) {
      EndpointBound then = header.endpoints().get(pool);
      if (then != null) {
        throw new BindingException("endpoint " + pool, describe(then), "a pool");
      }
    }
    List<JournalEvent> missing = new ArrayList<>();
    if (header.job().isEmpty()) {
      missing.add(
          new JobOpened(
              setup.id(),
              JobSpecJson.write(setup.spec()),
              setup.baseFolder().toString(),
              Instant.now()));
    } else {
      missing.add(new JobResumed(setup.spec().budget(), Instant.now()));
    }
    Map<String, EndpointBound> endpoints = new LinkedHashMap<>(header.endpoints());
    for (Map.Entry<String, JobSetup.ServedEndpoint> served : setup.endpoints().entrySet()) {
      EndpointBound now = served.getValue().bound();
      EndpointBound then = header.endpoints().get(served.getKey());
      if (then == null) {
        missing.add(now);
      } else if (!then.model().equals(now.model()) || then.wire() != now.wire()) {
        throw new BindingException("endpoint " + served.getKey(), describe(then), describe(now));
      }
      endpoints.put(served.getKey(), then == null ? now : then);
    }
    Optional<EncoderDescription> now = setup.encoder().map(EncoderClient::description);
    if (now.isPresent() && header.encoder().isEmpty()) {
      missing.add(new EncoderBound(now.get()));
    } else if (now.isPresent() && !header.encoder().equals(now)) {
      throw new BindingException(
          "the encoder", describe(header.encoder().get()), describe(now.get()));
    }
    missing.forEach(fact -> journal.append(fact).join());
    return endpoints;
  }

  /// What the job began with, and the endpoints that were bound later where that matters.
  private static JobHeader header(Journal journal, JobSetup setup, Optional<Snapshot> snapshot)
      throws JournalException {
    try (JournalCursor cursor = journal.cursor()) {
      JobHeader header = JobHeader.read(cursor);
      if (header.job().isEmpty()
          || header.endpoints().keySet().equals(setup.endpoints().keySet())) {
        return header;
      }
      Optional<JournalCursor> behind =
          snapshot.isPresent() ? journal.cursorBehind(snapshot.get().end()) : Optional.empty();
      if (behind.isEmpty()) {
        return header.withLater(cursor);
      }
      try (JournalCursor rest = behind.get()) {
        return header.with(snapshot.get().endpoints()).withLater(rest);
      }
    }
  }

  /// Where the tail of the journal begins that has all seeds whose captions are owed; empty where
  /// none is and none comes.
  Optional<Position> firstOwedSeed() {
    Optional<Position> open = state.table().firstOpenSeed();
    return open.isPresent() || state.tally().isSealed()
        ? open
        : Optional.of(state.end().position());
  }

  private static String describe(EndpointBound endpoint) {
    return endpoint.wire().key() + " with model " + endpoint.model();
  }

  private static String describe(EncoderDescription encoder) {
    return encoder.name() + " (" + encoder.hash().hex().substring(0, 12) + ")";
  }

  @Override
  public void close() throws JournalException {
    snapshots.close();
    reuse.close();
    journal.close();
  }
}
