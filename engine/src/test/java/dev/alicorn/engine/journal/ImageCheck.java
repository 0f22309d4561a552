package dev.alicorn.engine.journal;

import dev.alicorn.protocol.JournalEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/// The check of a folder that a power cut left: what was acknowledged is there and right, nothing
/// else is read as a fact, and the journal goes on.
///
/// @param what the seed and the place, for messages
/// @param appended all facts in their order, also those that the folder need not hold
/// @param owed how many of them were acknowledged
record ImageCheck(String what, Path journal, List<JournalEvent> appended, long owed) {
  private static final int OPENING_BARRIERS_MAX = 40;
  private static final JournalEvent GOES_ON = TestJournals.seed(1_000_000, "goes on");

  /// The check behind barriers that did what they said.
  PowerCutTally honest() {
    try {
      boolean torn = verified();
      if (isBegun()) {
        requirePrefix(readable());
      }
      goesOn();
      return tally(0, 0, 0, 0, torn ? 1 : 0, List.of());
    } catch (Broken broken) {
      return broken.tally;
    } catch (JournalException | IOException e) {
      return refused(e.toString());
    }
  }

  /// The check behind a barrier that lied.
  ///
  /// @param known the highest fact that something on the disk knows to have been durable
  PowerCutTally behindLie(long known) throws IOException {
    try {
      if (!isBegun()) {
        return lie(owed == 0, known > 0, 0);
      }
      long end = 0;
      switch (JournalVerify.verify(journal)) {
        case JournalVerify.Corrupt corrupt -> {
          requirePrefixOrRefusal();
          return corrupt.file().startsWith(journal)
              ? lies(new PowerCutTally.Lies(0, 1, 0, 0), List.of())
              : violation("no place is named: " + corrupt);
        }
        case JournalVerify.Clean clean -> end = clean.lastSeq();
        case JournalVerify.TornTail torn -> end = torn.lastSeq();
      }
      requirePrefix(readable());
      return lie(end >= owed, known > end, end);
    } catch (Broken broken) {
      return violation(broken.tally.violations().toString());
    } catch (JournalException e) {
      return violation(e.toString());
    }
  }

  private PowerCutTally lie(boolean allThere, boolean known, long end) {
    if (known) {
      return violation("ends at fact " + end + ", though more is known to have been durable");
    }
    return lies(
        allThere ? new PowerCutTally.Lies(1, 0, 0, 0) : new PowerCutTally.Lies(0, 0, 1, 0),
        List.of());
  }

  private boolean verified() throws JournalException, IOException, Broken {
    if (!isBegun()) {
      requireOwed(0);
      return false;
    }
    return switch (JournalVerify.verify(journal)) {
      case JournalVerify.Clean(long lastSeq) -> {
        requireOwed(lastSeq);
        yield false;
      }
      case JournalVerify.TornTail torn -> {
        requireOwed(torn.lastSeq());
        yield true;
      }
      case JournalVerify.Corrupt corrupt -> throw new Broken(refused(corrupt.sentence()));
    };
  }

  private boolean isBegun() throws IOException {
    return !new JournalFolder(journal).incarnations().isEmpty();
  }

  private void goesOn() throws JournalException, IOException, Broken {
    int[] barriers = {0};
    Barrier counting =
        new Barrier() {
          private final FileBarrier real = new FileBarrier();

          @Override
          public void forceFile(Path file) throws IOException {
            barriers[0]++;
            real.forceFile(file);
          }

          @Override
          public void forceNames(Path folder) throws IOException {
            barriers[0]++;
            real.forceNames(folder);
          }

          @Override
          public void close() throws IOException {
            real.close();
          }
        };
    long end;
    JournalEntry entry;
    try (Journal reopened =
        Journal.open(
            journal,
            TestJournals.SETTINGS,
            "test",
            TestJournals.machine(
                counting,
                (reason, cause) -> {
                  throw new AssertionError(reason, cause);
                }))) {
      end = reopened.recovery().lastSeq();
      requireOwed(end);
      List<JournalEvent> read = TestJournals.events(TestJournals.readAll(reopened.cursor()));
      requirePrefix(read.subList(0, read.size() - 1));
      entry = reopened.append(GOES_ON).join();
      if (entry.seq() != end + 2 || barriers[0] > OPENING_BARRIERS_MAX) {
        throw new Broken(refused("goes on at " + entry + " after " + barriers[0] + " barriers"));
      }
    }
    withoutZerosAtEnd(entry.position());
    List<JournalEvent> whole =
        TestJournals.events(
            TestJournals.readAll(
                new JournalCursor(
                    ChainWalker.fromStart(new JournalFolder(journal)), _ -> end + 2)));
    if (!whole.getLast().equals(GOES_ON)
        || !JournalVerify.verify(journal).equals(new JournalVerify.Clean(end + 2))) {
      throw new Broken(refused("does not end with what was appended to it: " + whole.size()));
    }
  }

  /// Cuts the zeros at the end of the file off: to read them would take most of the time.
  private void withoutZerosAtEnd(Position last) throws IOException {
    Path file =
        CycleFiles.file(
            new JournalFolder(journal).incarnation(last.incarnation()),
            CycleFiles.cycle(last.index()));
    try (RandomAccessFile handle = new RandomAccessFile(file.toFile(), "rw")) {
      handle.setLength(CycleFiles.offset(last.index()) + SimulatedFile.PAGE_BYTES);
    }
  }

  private List<JournalEvent> readable() throws JournalException {
    return TestJournals.events(TestJournals.readAll(journal));
  }

  private void requirePrefixOrRefusal() throws Broken {
    try {
      requirePrefix(readable());
    } catch (JournalException _) {
      // Said aloud.
    }
  }

  private void requirePrefix(List<JournalEvent> read) throws Broken {
    int wrong = 0;
    while (wrong < read.size()
        && wrong < appended.size()
        && read.get(wrong).equals(appended.get(wrong))) {
      wrong++;
    }
    if (wrong < read.size()) {
      throw new Broken(
          tally(
              0,
              read.size() - wrong,
              0,
              0,
              0,
              List.of(what + ": fact " + (wrong + 1) + " is not what was appended")));
    }
  }

  private void requireOwed(long lastSeq) throws Broken {
    if (lastSeq < owed) {
      throw new Broken(
          tally(
              owed - lastSeq,
              0,
              1,
              0,
              0,
              List.of(what + ": ends at fact " + lastSeq + " of " + owed + " acknowledged")));
    }
  }

  private PowerCutTally refused(String why) {
    return tally(owed, 0, 0, 1, 0, List.of(what + ": " + why));
  }

  private PowerCutTally tally(
      long lost,
      long falsified,
      long silentStops,
      long refused,
      long tornTails,
      List<String> violations) {
    return new PowerCutTally(
        1,
        0,
        owed,
        lost,
        falsified,
        silentStops,
        refused,
        tornTails,
        0,
        PowerCutTally.Lies.NONE,
        violations);
  }

  private PowerCutTally violation(String why) {
    return lies(new PowerCutTally.Lies(0, 0, 0, 1), List.of(what + ": " + why));
  }

  private static PowerCutTally lies(PowerCutTally.Lies lies, List<String> violations) {
    return new PowerCutTally(0, 0, 0, 0, 0, 0, 0, 0, 0, lies, violations);
  }

  /// A broken promise.
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient PowerCutTally tally;

    Broken(PowerCutTally tally) {
      super(tally.violations().toString());
      this.tally = tally;
    }
  }
}
