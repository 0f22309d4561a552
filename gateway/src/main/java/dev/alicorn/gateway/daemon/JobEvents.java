package dev.alicorn.gateway.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The changes of a job's state, numbered from 1, for those who watch: each is synced to a file
/// beside the job's journal before it is told, so that the numbers go on at the next start of the
/// daemon.
///
/// The newest are kept; who has missed older ones begins with the oldest kept. Thread-safe.
public final class JobEvents {
  static final String FILE = "events";

  private static final Logger LOG = LoggerFactory.getLogger(JobEvents.class);
  private static final int KEPT_MAX = 256;

  private final Path file;
  private final Deque<Change> kept = new ArrayDeque<>();
  private long last;
  private CompletableFuture<Long> next = new CompletableFuture<>();

  /// A change.
  ///
  /// @param number counts from 1
  /// @param state of the job right behind it
  /// @param job as it was then, in JSON
  public record Change(long number, JobView.State state, String job) {
    private static Change parse(String line) {
      String[] parts = line.split(" ", 3);
      return new Change(
          Long.parseLong(parts[0]), JobView.State.ofKey(parts[1]).orElseThrow(), parts[2]);
    }

    private String line() {
      return number + " " + state.key() + " " + job + "\n";
    }
  }

  private JobEvents(Path file) {
    this.file = file;
  }

  /// The changes of a job that have been told before; none for a new job.
  ///
  /// @param folder of the job
  static JobEvents of(Path folder) {
    JobEvents events = new JobEvents(folder.resolve(FILE));
    try {
      events.read();
    } catch (IOException e) {
      LOG.warn("{} cannot be used: {}; who watches begins anew", events.file, e.toString());
    }
    return events;
  }

  /// Reads what is there, and leaves in the file what is kept. A line that breaks off was never
  /// told.
  private synchronized void read() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String text = Files.readString(file);
    int begin = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
      keep(Change.parse(text.substring(begin, end)));
      begin = end + 1;
    }
    StringBuilder left = new StringBuilder();
    kept.forEach(change -> left.append(change.line()));
    if (left.length() < text.length()) {
      Path fresh = file.resolveSibling(FILE + ".new");
      SyncedFile.write(
          fresh, left.toString(), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Tells a change.
  void changed(JobView job) {
    CompletableFuture<Long> waiting;
    long number;
    synchronized (this) {
      number = last + 1;
      Change change = new Change(number, job.state(), JobJson.brief(job));
      try {
        SyncedFile.write(file, change.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        LOG.warn("a change of state is told and not kept in {}: {}", file, e.toString());
      }
      keep(change);
      waiting = next;
      next = new CompletableFuture<>();
    }
    waiting.complete(number);
  }

  private void keep(Change change) {
    last = change.number();
    kept.add(change);
    if (kept.size() > KEPT_MAX) {
      kept.remove();
    }
  }

  /// The changes behind a number, those that are kept.
  public synchronized List<Change> behind(long number) {
    List<Change> behind = new ArrayList<>();
    for (Change change : kept) {
      if (change.number() > number) {
        behind.add(change);
      }
    }
    return behind;
  }

  synchronized Optional<Change> newest() {
    return Optional.ofNullable(kept.peekLast());
  }

  /// The number of the newest change, 0 before the first.
  public synchronized long last() {
    return last;
  }

  /// Completes when there is a change behind a number.
  public synchronized CompletionStage<Long> beyond(long number) {
    return last > number ? CompletableFuture.completedStage(last) : next.minimalCompletionStage();
  }
}
