package dev.alicorn.engine.journal;

import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The live journal of one running job: the only one that appends to its folder.
///
/// Whoever opens it holds the lock of the data folder around it. Each opening is an incarnation of
/// its own, so nothing that an earlier process left open, locked or torn is written to again.
/// Thread-safe, except for the cursors that it hands out.
public final class Journal implements AutoCloseable {
  private final JournalFolder folder;
  private final Recovery recovery;
  private final AppendQueue appends;
  private final Acknowledger acknowledger;
  private final JournalWriter writer;
  private final Thread thread;
  private final FactReader reader;

  private Journal(JournalFolder folder, JournalEnd end, JournalSettings settings, Machine machine) {
    this.folder = folder;
    this.recovery = end.recovery();
    this.appends = new AppendQueue(settings.appendsPendingMax());
    this.acknowledger = new Acknowledger(folder.path(), appends, recovery.lastSeq());
    this.reader = new FactReader(folder);
    this.writer =
        new JournalWriter(
            folder,
            end.incarnations() + 1,
            recovery.lastSeq(),
            end.crc(),
            settings,
            machine,
            appends,
            acknowledger);
    this.thread =
        Thread.ofPlatform().name("alicorn-journal-" + folder.path()).daemon().unstarted(writer);
  }

  /// Opens a journal for appending, or begins one: finds the end of its facts, cuts a torn tail off
  /// and opens an incarnation behind it.
  ///
  /// @param software who writes, for people
  public static Journal open(Path journalFolder, JournalSettings settings, String software)
      throws JournalException {
    return open(journalFolder, settings, software, Optional.empty());
  }

  /// Opens a journal for appending, taking the facts up to one that was durable at their word: its
  /// end is looked for from there on.
  ///
  /// @param known without effect where the journal does not hold that fact
  public static Journal open(
      Path journalFolder, JournalSettings settings, String software, Optional<Bookmark> known)
      throws JournalException {
    return open(journalFolder, settings, software, known, Machine.real());
  }

  static Journal open(
      Path journalFolder, JournalSettings settings, String software, Machine machine)
      throws JournalException {
    return open(journalFolder, settings, software, Optional.empty(), machine);
  }

  static Journal open(
      Path journalFolder,
      JournalSettings settings,
      String software,
      Optional<Bookmark> known,
      Machine machine)
      throws JournalException {
    JournalFolder folder = new JournalFolder(journalFolder);
    JournalEnd end = JournalEnd.find(folder, machine.barrier(), known);
    int incarnation = end.incarnations() + 1;
    makeFolder(folder, end, settings, machine);
    Journal journal = new Journal(folder, end, settings, machine);
    journal.thread.start();
    try {
      journal
          .append(
              new JournalEvent.IncarnationOpened(
                  incarnation,
                  end.recovery().lastSeq(),
                  end.crc(),
                  machine.clock().instant(),
                  software))
          .join();
    } catch (CompletionException e) {
      journal.reader.close();
      throw e.getCause() instanceof JournalException failure
          ? failure
          : JournalException.closed(journalFolder, e.getCause());
    }
    return journal;
  }

  private static void makeFolder(
      JournalFolder folder, JournalEnd end, JournalSettings settings, Machine machine)
      throws JournalException {
    Path path = folder.path().toAbsolutePath();
    try {
      Files.createDirectories(path);
      if (machine.space().freeBytes(path) < settings.spaceBytesMin()) {
        throw JournalException.of(
            JournalException.Kind.NO_SPACE,
            "the disk has less than " + settings.spaceBytesMin() + " bytes free",
            path,
            "free some space and start the job again");
      }
      Files.createDirectory(folder.incarnation(end.incarnations() + 1));
      machine.barrier().forceNames(path);
      if (end.recovery().lastSeq() == 0) {
        forceWhereItLies(path, machine.barrier());
      }
    } catch (IOException e) {
      throw JournalException.io("the journal cannot be opened", path, e);
    }
  }

  /// Makes the names of the folders above durable, which this opening may have made, or one that
  /// was killed before its first fact.
  private static void forceWhereItLies(Path path, Barrier barrier) throws IOException {
    Path parent = path.getParent();
    while (parent != null && Files.isWritable(parent)) {
      barrier.forceNames(parent);
      parent = parent.getParent();
    }
  }

  /// Appends a fact. The promise is kept after the fact's barrier, in the order of seqs, on a
  /// thread that all appends to this journal share: what follows it must be short and must not wait
  /// for another append. It fails with a [JournalException] when the journal is closed or has
  /// failed.
  ///
  /// Callers wait for acknowledgements in bounded numbers. One append more than `appendsPendingMax`
  /// is a bug of theirs, and an exception in their thread.
  public CompletableFuture<JournalEntry> append(JournalEvent event) {
    byte[] payload = JournalCodec.encode(event);
    if (payload.length > Envelope.PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a fact has at most " + Envelope.PAYLOAD_BYTES_MAX + " bytes, not " + payload.length);
    }
    Append append = new Append(event, EventType.of(event).code(), payload);
    if (!appends.offer(append)) {
      JournalException end = acknowledger.end();
      append.promise.completeExceptionally(
          end == null ? JournalException.closed(folder.path(), null) : end);
    }
    return append.promise;
  }

  /// The last fact that a barrier has covered.
  public long durableSeq() {
    return acknowledger.durableSeq();
  }

  /// Completes with [#durableSeq()] once it is beyond `seq`; fails when the journal is closed
  /// first.
  public CompletableFuture<Long> durableBeyond(long seq) {
    return acknowledger.durableBeyond(seq);
  }

  /// A cursor from the first fact of the first incarnation on, which sees what becomes durable
  /// while it is used.
  public JournalCursor cursor() throws JournalException {
    return cursor(ChainWalker.fromStart(folder));
  }

  /// A cursor that goes on behind a fact; empty where that fact does not lie there.
  public Optional<JournalCursor> cursorBehind(Bookmark bookmark) throws JournalException {
    return Optional.ofNullable(ChainWalker.behind(folder, bookmark)).map(this::cursor);
  }

  /// A cursor that begins with the fact that lies at the position of an entry of this journal.
  public JournalCursor cursorAt(Position position) throws JournalException {
    ChainWalker walker = ChainWalker.at(folder, position);
    if (walker == null) {
      throw JournalException.corrupt("no fact stands there", FactReader.place(folder, position));
    }
    return cursor(walker);
  }

  private JournalCursor cursor(ChainWalker walker) {
    return new JournalCursor(walker, _ -> durableSeq());
  }

  /// The fact that lies at the position of an entry of this journal.
  public JournalEvent read(Position position) throws JournalException {
    return reader.read(position, durableSeq());
  }

  /// What opening found.
  public Recovery recovery() {
    return recovery;
  }

  /// Whether the writer waits for space on the disk; it goes on by itself.
  public boolean waitsForSpace() {
    return writer.waitsForSpace();
  }

  /// Writes and acknowledges what was appended, brings the marker up to date and ends. An exception
  /// says that the journal had failed, or that the end could not be marked.
  @Override
  public void close() throws JournalException {
    appends.close();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        acknowledger.awaitEnd();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    reader.close();
    JournalException end = acknowledger.end();
    if (end != null && end.getCause() != null) {
      throw end;
    }
  }
}
