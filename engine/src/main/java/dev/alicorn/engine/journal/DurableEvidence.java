package dev.alicorn.engine.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The highest seq that is known to have been durable: by the marker, and by what each envelope
/// knew when it was written.
final class DurableEvidence {
  private final JournalFolder folder;
  private final @Nullable DurableMarker marker;
  private long seq;

  DurableEvidence(JournalFolder folder, @Nullable DurableMarker marker) {
    this.folder = folder;
    this.marker = marker;
    this.seq = marker == null ? 0 : marker.seq();
  }

  private void observe(Envelope envelope) throws JournalException {
    seq = Math.max(seq, envelope.durableSeq());
    if (marker != null
        && marker.seq() == envelope.seq()
        && (marker.crc() != envelope.crc() || marker.incarnation() != envelope.incarnation())) {
      throw foreignMarker(marker);
    }
  }

  /// Checks the marker against a walk that began with the last incarnation.
  void requireMarkerNotBefore(ChainWalker walker) throws JournalException {
    if (marker != null
        && (marker.incarnation() < walker.incarnation())
            != (marker.seq() <= walker.previousIncarnationSeq())) {
      throw foreignMarker(marker);
    }
  }

  /// Walks to the end of the chain and takes in what lies behind it; an exception where facts that
  /// were durable are missing from it.
  ///
  /// @return what is torn off; nothing where a live writer went on meanwhile
  TailScan drain(ChainWalker walker) throws JournalException {
    walk(walker);
    while (true) {
      long end = walker.lastSeq();
      TailScan tail = behind(walker);
      seq = Math.max(seq, tail.durableSeq());
      // What a writer has put there since the walk ended is neither damage nor torn.
      walk(walker);
      if (walker.lastSeq() == end) {
        if (seq > end) {
          throw walker.corruptAtStop();
        }
        return tail;
      }
      if (seq <= walker.lastSeq()) {
        return TailScan.NOTHING;
      }
    }
  }

  private void walk(ChainWalker walker) throws JournalException {
    Envelope envelope;
    while ((envelope = walker.next()) != null) {
      observe(envelope);
    }
  }

  private TailScan behind(ChainWalker ended) throws JournalException {
    try {
      TailScan tail = TailScan.behind(folder, ended.incarnation(), ended.stop().place());
      if (ended.after().file().equals(ended.stop().place().file())) {
        return tail;
      }
      // The walk went on to a later file where nothing was written in an earlier one. Behind a
      // barrier that lied facts can lie there behind a page that is lost.
      TailScan passedOver = TailScan.behind(folder, ended.incarnation(), ended.after());
      return passedOver.records() > tail.records() ? passedOver : tail;
    } catch (IOException e) {
      throw JournalException.io("the journal cannot be read", folder.path(), e);
    }
  }

  private JournalException foreignMarker(DurableMarker marker) {
    return JournalException.of(
        JournalException.Kind.CORRUPT,
        "the last-durable marker names another fact "
            + marker.seq()
            + " of incarnation "
            + marker.incarnation()
            + " than the journal holds",
        folder.marker(),
        "put the folders and the marker of one and the same journal together");
  }
}
