package dev.alicorn.gateway.daemon;

import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.engine.replay.Replay;
import dev.alicorn.engine.replay.ReplayMeter;
import dev.alicorn.gateway.daemon.ReplayView.State;
import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.Recipe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The replays that the daemon was asked for since it started: one is made at a time, since one
/// uses all cores. Thread-safe.
public final class Replays implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replays.class);
  private static final int WAITING_MAX = 16;
  private static final int KEPT_MAX = 256;

  private final JobFolders folders;
  private final String version;
  private final Deque<One> all = new ArrayDeque<>();
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("replay").factory());

  /// One replay.
  private static final class One {
    private final JobId job;
    private final String name;
    private final ReplayMeter meter = new ReplayMeter();
    private State state = State.WAITING;
    private Optional<String> detail = Optional.empty();
    private @Nullable Future<?> making;

    One(JobId job, String name) {
      this.job = job;
      this.name = name;
    }

    ReplayView view() {
      return new ReplayView(
          name,
          state,
          state == State.RUNNING ? Optional.of(meter.look()) : Optional.empty(),
          detail);
    }
  }

  /// @param version of this program
  Replays(JobFolders folders, String version) {
    this.folders = folders;
    this.version = version;
  }

  /// Asks for a replay.
  ///
  /// @param until the last fact to go by
  /// @param name of its dataset; `replay-` and the first free number where empty
  synchronized ReplayView begin(JobId job, Recipe recipe, OptionalLong until, Optional<String> name)
      throws ConflictException, TooManyException {
    if (all.stream().filter(one -> one.state == State.WAITING).count() >= WAITING_MAX) {
      throw new TooManyException(WAITING_MAX + " replays wait already; ask again later");
    }
    String named = name.orElseGet(() -> freeName(job));
    if (isTaken(job, named)) {
      throw new ConflictException(
          "job " + job + " has a dataset " + named + " already; give another name");
    }
    One one = new One(job, named);
    Path folder = folders.datasets(job).resolve(named);
    Replay replay =
        Replay.of(folders.folder(job).resolve("journal"), version)
            .by(recipe)
            .until(until.orElse(Long.MAX_VALUE))
            .meteredBy(one.meter);
    forgetOldest();
    all.add(one);
    one.making = maker.submit(() -> make(one, replay, folder));
    return one.view();
  }

  private String freeName(JobId job) {
    int number = 1;
    while (isTaken(job, "replay-" + number)) {
      number++;
    }
    return "replay-" + number;
  }

  private boolean isTaken(JobId job, String name) {
    return Files.exists(folders.datasets(job).resolve(name))
        || find(job, name).filter(one -> !one.state.isFinal()).isPresent();
  }

  private void forgetOldest() {
    if (all.size() >= KEPT_MAX) {
      all.stream().filter(one -> one.state.isFinal()).findFirst().ifPresent(all::remove);
    }
  }

  private void make(One one, Replay replay, Path folder) {
    if (!moves(one, State.WAITING, State.RUNNING, Optional.empty())) {
      return;
    }
    try {
      replay.into(folder);
      ends(one, State.COMPLETED, Optional.empty());
    } catch (InterruptedIOException _) {
      ends(one, State.CANCELLED, Optional.empty());
    } catch (JournalException | DatasetException | ConfigException | IOException e) {
      ends(one, State.FAILED, Optional.of(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.error("replay {} of job {} failed", one.name, one.job, e);
      ends(one, State.FAILED, Optional.of("a fault of Alicorn itself, see the daemon's log"));
    }
  }

  private synchronized boolean moves(One one, State from, State to, Optional<String> why) {
    if (one.state != from) {
      return false;
    }
    one.state = to;
    one.detail = why;
    return true;
  }

  private void ends(One one, State how, Optional<String> why) {
    boolean _ = moves(one, State.RUNNING, how, why);
  }

  /// The replays of a job, in the order in which they were asked for.
  public synchronized List<ReplayView> of(JobId job) {
    return all.stream().filter(one -> one.job.equals(job)).map(One::view).toList();
  }

  /// One of them.
  public synchronized Optional<ReplayView> look(JobId job, String name) {
    return find(job, name).map(One::view);
  }

  /// Ends a replay; nothing is left of it.
  public synchronized Optional<ReplayView> cancel(JobId job, String name) throws ConflictException {
    Optional<One> one = find(job, name);
    if (one.isPresent()) {
      State state = one.get().state;
      if (state == State.COMPLETED || state == State.FAILED) {
        throw new ConflictException(
            "replay " + name + " is " + state.key() + " and cannot be cancelled");
      }
      one.get().state = State.CANCELLED;
      Future<?> making = one.get().making;
      if (making != null) {
        making.cancel(true);
      }
    }
    return one.map(One::view);
  }

  private Optional<One> find(JobId job, String name) {
    return all.reversed().stream()
        .filter(one -> one.job.equals(job) && one.name.equals(name))
        .findFirst();
  }

  /// Ends what is under way, with nothing left of it.
  @Override
  public void close() {
    maker.shutdownNow();
    maker.close();
  }
}
