package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a journal ends that is to be continued: the last fact of its chain, found by walking the
/// last incarnation.
///
/// @param incarnations the number of the last folder, 0 where there is none
record JournalEnd(Recovery recovery, int crc, int incarnations) {
  /// Finds the end and makes it durable: a crash may have left facts that no barrier has covered.
  ///
  /// @param known a fact that was durable, from which the walk may begin
  static JournalEnd find(JournalFolder folder, Barrier barrier, Optional<Bookmark> known)
      throws JournalException {
    DurableEvidence evidence = new DurableEvidence(folder, DurableMarker.read(folder));
    try (ChainWalker walker = ChainWalker.lastIncarnation(folder, known)) {
      evidence.requireMarkerNotBefore(walker);
      TailScan tail = evidence.drain(walker);
      List<Integer> incarnations = folder.incarnations();
      if (incarnations.isEmpty()) {
        return new JournalEnd(new Recovery.Fresh(), 0, 0);
      }
      if (walker.incarnation() > 0) {
        Path last = folder.incarnation(walker.incarnation());
        for (Path file : CycleFiles.list(last)) {
          barrier.forceFile(file);
        }
        barrier.forceNames(last);
      }
      FactScanner.Stop stop = walker.stop();
      Recovery recovery =
          tail.bytes() == 0
              ? new Recovery.Clean(walker.lastSeq())
              : new Recovery.TornTail(
                  walker.lastSeq(),
                  stop.reason(),
                  stop.place().file(),
                  stop.place().offset(),
                  tail.records(),
                  tail.bytes());
      return new JournalEnd(recovery, walker.lastCrc(), incarnations.getLast());
    } catch (IOException e) {
      throw JournalException.io("the journal cannot be opened", folder.path(), e);
    }
  }
}
