package dev.alicorn.engine.journal;

import java.io.IOException;

/// What can be known from a folder alone of how far its journal is durable: the marker, and the
/// durable seq in the envelopes ahead.
///
/// It is less than what the writer has acknowledged by at most one marker interval, and less than
/// what a crash left intact by at most one group commit.
final class FolderHorizon implements JournalCursor.Horizon {
  private final JournalFolder folder;
  private boolean scanned;

  private FolderHorizon(JournalFolder folder, boolean scanned) {
    this.folder = folder;
    this.scanned = scanned;
  }

  /// A horizon that looks behind the chain's end for facts that damage hides, once.
  static FolderHorizon searching(JournalFolder folder) {
    return new FolderHorizon(folder, false);
  }

  /// A horizon that goes by the marker and the chain alone.
  static FolderHorizon skimming(JournalFolder folder) {
    return new FolderHorizon(folder, true);
  }

  @Override
  public long durableSeq(ChainWalker walker) throws JournalException {
    DurableMarker marker = DurableMarker.read(folder);
    long durableSeq = marker == null ? 0 : marker.seq();
    if (durableSeq > walker.lastSeq()) {
      return durableSeq;
    }
    try (ChainWalker ahead = walker.fork()) {
      durableSeq = Math.max(durableSeq, walk(ahead));
      if (durableSeq > walker.lastSeq() || scanned) {
        return durableSeq;
      }
      // Damage may hide facts that envelopes behind it know to be durable. It lies there from the
      // start or comes from outside, so one look a cursor is enough.
      scanned = true;
      TailScan tail = TailScan.behind(folder, ahead.incarnation(), ahead.stop().place());
      // A writer may have come further since the walk ended: that is no damage.
      durableSeq = Math.max(durableSeq, walk(ahead));
      if (tail.durableSeq() > ahead.lastSeq()) {
        throw ahead.corruptAtStop();
      }
      return durableSeq;
    } catch (IOException e) {
      throw JournalException.io("the journal cannot be read", folder.path(), e);
    }
  }

  private static long walk(ChainWalker ahead) throws JournalException {
    long durableSeq = 0;
    Envelope envelope;
    while ((envelope = ahead.next()) != null) {
      durableSeq = Math.max(durableSeq, envelope.durableSeq());
    }
    return durableSeq;
  }
}
