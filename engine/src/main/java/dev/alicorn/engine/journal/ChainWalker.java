package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A walk along the chain of a journal's envelopes, from incarnation to incarnation, each link
/// checked: the seq follows, the previous CRC is the previous one's.
///
/// Each incarnation begins with a fact that names the last valid one before it. So the end of every
/// incarnation but the last is known: what is missing before such an end is corruption, what lies
/// behind it is never read. A folder whose first fact is not there is one that a crash left before
/// its first barrier; nothing is owed to it unless a later end or the caller's evidence says so.
final class ChainWalker implements AutoCloseable {
  private final JournalFolder folder;
  private final IncarnationHeads heads;
  private int current = -1;
  private @Nullable FactScanner scanner;
  private long lastSeq;
  private int lastCrc;
  private FactScanner.Stop stop;

  private ChainWalker(JournalFolder folder, IncarnationHeads heads) {
    this.folder = folder;
    this.heads = heads;
    this.stop = new FactScanner.Stop(new Place(folder.path(), 0), "there is no incarnation", true);
  }

  /// A walk from the first fact on.
  static ChainWalker fromStart(JournalFolder folder) throws JournalException {
    ChainWalker walker = new ChainWalker(folder, new IncarnationHeads(folder));
    walker.findHeads();
    return walker;
  }

  /// A walk that begins with the fact at a position; null where no intact one lies there.
  static @Nullable ChainWalker at(JournalFolder folder, Position position) throws JournalException {
    ChainWalker walker = fromStart(folder);
    int incarnation = walker.heads.find(position.incarnation());
    if (incarnation < 0) {
      return null;
    }
    FactScanner facts = new FactScanner(folder.incarnation(position.incarnation()));
    walker.current = incarnation;
    walker.scanner = facts;
    try {
      Envelope first = facts.beginAt(position.index()) ? facts.next() : null;
      if (first == null
          || first.incarnation() != position.incarnation()
          || walker.isBehindEnd(first.seq())) {
        walker.close();
        return null;
      }
      facts.retreat();
      walker.lastSeq = first.seq() - 1;
      walker.lastCrc = first.previousCrc();
      return walker;
    } catch (IOException e) {
      walker.close();
      throw walker.unreadable(e);
    }
  }

  /// A walk that goes on behind a fact; null where that fact does not lie there.
  static @Nullable ChainWalker behind(JournalFolder folder, Bookmark bookmark)
      throws JournalException {
    ChainWalker walker = at(folder, bookmark.position());
    if (walker == null) {
      return null;
    }
    Envelope fact = walker.next();
    if (fact != null && fact.seq() == bookmark.seq() && fact.crc() == bookmark.crc()) {
      return walker;
    }
    walker.close();
    return null;
  }

  /// A walk from the first fact of the last incarnation on, which is taken at its word on what is
  /// before it.
  ///
  /// @param known a fact that was durable; where it is of the last incarnation, the walk begins
  ///   behind it
  static ChainWalker lastIncarnation(JournalFolder folder, Optional<Bookmark> known)
      throws JournalException {
    ChainWalker walker = fromStart(folder);
    if (known.isPresent()
        && walker.heads.find(known.get().position().incarnation()) == walker.heads.size() - 1) {
      ChainWalker behind = behind(folder, known.get());
      if (behind != null) {
        return behind;
      }
    }
    if (walker.heads.size() > 0) {
      IncarnationHeads.Head last = walker.heads.get(walker.heads.size() - 1);
      walker.lastSeq = last.previousSeq();
      walker.lastCrc = last.previousCrc();
      walker.current = walker.heads.size() - 1;
      walker.scanner = new FactScanner(folder.incarnation(last.incarnation()));
    }
    return walker;
  }

  /// A second walk that goes on where this one is.
  ChainWalker fork() throws JournalException {
    ChainWalker fork = new ChainWalker(folder, heads.copy());
    fork.current = current;
    fork.lastSeq = lastSeq;
    fork.lastCrc = lastCrc;
    if (scanner != null) {
      try {
        fork.scanner = scanner.fork();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    return fork;
  }

  /// The next envelope of the chain; null where the chain ends for now, as [#stop()] then says.
  @Nullable Envelope next() throws JournalException {
    try {
      while (true) {
        boolean known = current + 1 < heads.size();
        FactScanner facts = scanner;
        if (facts == null || (known && lastSeq >= heads.get(current + 1).previousSeq())) {
          if (!known && !findHeads()) {
            return null;
          }
          enter(heads.get(current + 1));
          continue;
        }
        Place place = facts.after();
        Envelope envelope = facts.next();
        if (envelope == null) {
          stop = facts.stop();
        } else {
          String flaw = flaw(envelope, place);
          if (flaw == null) {
            lastSeq = envelope.seq();
            lastCrc = envelope.crc();
            return envelope;
          }
          stop = new FactScanner.Stop(place, flaw, false);
          facts.retreat();
        }
        if (known) {
          IncarnationHeads.Head next = heads.get(current + 1);
          throw corrupt(
              ", though the journal goes on in incarnation " + next.incarnation(),
              next.headlessBefore());
        }
        if (!findHeads()) {
          return null;
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  JournalFolder folder() {
    return folder;
  }

  /// The payload of the envelope that [#next()] gave, valid until it is called again.
  ByteBuffer payload() {
    return scanner().payload();
  }

  /// Where the envelope that [#next()] gave lies.
  Position position() {
    return new Position(heads.get(current).incarnation(), scanner().index());
  }

  /// Where the fact after the last one should be.
  Place after() {
    return scanner == null ? stop.place() : scanner.after();
  }

  /// The number of the incarnation that the walk is in; 0 where there is none.
  int incarnation() {
    return current < 0 ? 0 : heads.get(current).incarnation();
  }

  /// The last fact of the incarnation before the one that the walk is in.
  long previousIncarnationSeq() {
    return current < 0 ? 0 : heads.get(current).previousSeq();
  }

  long lastSeq() {
    return lastSeq;
  }

  int lastCrc() {
    return lastCrc;
  }

  FactScanner.Stop stop() {
    return stop;
  }

  /// That the fact after the last one is gone, though it was durable.
  JournalException corruptAtStop() {
    return corrupt(", though fact " + (lastSeq + 1) + " was durable", heads.headless());
  }

  @Override
  public void close() {
    if (scanner != null) {
      try {
        scanner.close();
      } catch (IOException _) {
        // Nothing was written through it.
      }
      scanner = null;
    }
  }

  private FactScanner scanner() {
    if (scanner == null) {
      throw new IllegalStateException("no fact was read");
    }
    return scanner;
  }

  private JournalException corrupt(String though, FactScanner.@Nullable Stop headless) {
    // Where one incarnation ends without a trace of more, the fact was the first of the next.
    FactScanner.Stop at = stop.blank() && headless != null ? headless : stop;
    return JournalException.corrupt(at.reason() + though, at.place(), lastSeq + 1);
  }

  /// Whether a fact of this incarnation lies behind where the next one goes on.
  private boolean isBehindEnd(long seq) {
    return current + 1 < heads.size() && seq > heads.get(current + 1).previousSeq();
  }

  private void enter(IncarnationHeads.Head head) throws JournalException {
    if (head.previousSeq() > lastSeq && head.headlessBefore() != null) {
      throw corrupt(
          ", though the journal goes on in incarnation " + head.incarnation(),
          head.headlessBefore());
    }
    if (head.previousSeq() != lastSeq || head.previousCrc() != lastCrc) {
      throw JournalException.corrupt(
          "incarnation "
              + head.incarnation()
              + " goes on from fact "
              + head.previousSeq()
              + ", which is not the end of what is before it, fact "
              + lastSeq,
          head.place(),
          lastSeq + 1);
    }
    close();
    current++;
    scanner = new FactScanner(folder.incarnation(head.incarnation()));
  }

  private @Nullable String flaw(Envelope envelope, Place place) throws JournalException {
    IncarnationHeads.requireKnown(envelope, place);
    if (envelope.incarnation() != heads.get(current).incarnation()) {
      return "a record of incarnation " + envelope.incarnation() + " stands there";
    }
    if (envelope.seq() != lastSeq + 1) {
      return "fact " + envelope.seq() + " follows on fact " + lastSeq;
    }
    if (envelope.previousCrc() != lastCrc) {
      return "the record there follows on another fact " + lastSeq;
    }
    return null;
  }

  /// Looks for incarnations behind the last one known.
  ///
  /// @return whether there are
  private boolean findHeads() throws JournalException {
    try {
      boolean found = heads.look();
      FactScanner.Stop headless = heads.headless();
      if (heads.size() == 0 && headless != null) {
        stop = headless;
      }
      return found;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private JournalException unreadable(IOException e) {
    return JournalException.io("the journal cannot be read", folder.path(), e);
  }
}
