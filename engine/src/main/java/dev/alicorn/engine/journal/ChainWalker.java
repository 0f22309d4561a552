package dev.alicorn.engine.journal;

import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.MalformedEventException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private final List<Head> heads = new ArrayList<>();
  private int current = -1;
  private @Nullable FactScanner scanner;
  private long lastSeq;
  private int lastCrc;
  private FactScanner.Stop stop;
  private FactScanner.@Nullable Stop headless;
  private Place headPlace;

  /// The first fact of an incarnation.
  ///
  /// @param headlessBefore what is wrong with a folder between it and the head before, if one is
  private record Head(
      int incarnation,
      Place place,
      long previousSeq,
      int previousCrc,
      FactScanner.@Nullable Stop headlessBefore) {}

  private ChainWalker(JournalFolder folder) {
    this.folder = folder;
    this.headPlace = new Place(folder.path(), 0);
    this.stop = new FactScanner.Stop(headPlace, "there is no incarnation", true);
  }

  /// A walk from the first fact on.
  static ChainWalker fromStart(JournalFolder folder) throws JournalException {
    ChainWalker walker = new ChainWalker(folder);
    walker.findHeads();
    return walker;
  }

  /// A walk from the first fact of the last incarnation on, which is taken at its word on what is
  /// before it.
  static ChainWalker lastIncarnation(JournalFolder folder) throws JournalException {
    ChainWalker walker = fromStart(folder);
    if (!walker.heads.isEmpty()) {
      Head last = walker.heads.getLast();
      walker.lastSeq = last.previousSeq();
      walker.lastCrc = last.previousCrc();
      walker.current = walker.heads.size() - 1;
      walker.scanner = new FactScanner(folder.incarnation(last.incarnation()));
    }
    return walker;
  }

  /// A second walk that goes on where this one is.
  ChainWalker fork() throws JournalException {
    ChainWalker fork = new ChainWalker(folder);
    fork.heads.addAll(heads);
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
          Head next = heads.get(current + 1);
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
    return corrupt(", though fact " + (lastSeq + 1) + " was durable", headless);
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

  private void enter(Head head) throws JournalException {
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
    requireKnown(envelope, place);
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
    int last = heads.isEmpty() ? 0 : heads.getLast().incarnation();
    int before = heads.size();
    headless = null;
    try {
      for (int number : folder.incarnations()) {
        if (number > last) {
          Head head = head(number);
          if (head != null) {
            heads.add(head);
            headless = null;
          } else if (headless == null) {
            headless =
                new FactScanner.Stop(
                    headPlace, "incarnation " + number + " has no first fact", true);
          }
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (heads.isEmpty() && headless != null) {
      stop = headless;
    }
    return heads.size() > before;
  }

  private Place firstPlace(int number) throws IOException {
    Path incarnation = folder.incarnation(number);
    List<Path> files = CycleFiles.list(incarnation);
    return new Place(files.isEmpty() ? incarnation : files.getFirst(), 0);
  }

  private @Nullable Head head(int number) throws IOException, JournalException {
    try (FactScanner first = new FactScanner(folder.incarnation(number))) {
      Envelope envelope = first.next();
      if (envelope == null) {
        headPlace = first.stop().place();
        return null;
      }
      Place place = firstPlace(number);
      headPlace = place;
      requireKnown(envelope, place);
      if (envelope.incarnation() != number) {
        throw JournalException.corrupt(
            "the folder of incarnation " + number + " holds incarnation " + envelope.incarnation(),
            place,
            envelope.seq());
      }
      if (EventType.ofCode(envelope.typeCode()) != EventType.INCARNATION_OPENED
          || !(JournalCodec.decode(EventType.INCARNATION_OPENED, first.payload())
              instanceof JournalEvent.IncarnationOpened opened)
          || opened.previousSeq() + 1 != envelope.seq()) {
        return null;
      }
      return new Head(number, place, opened.previousSeq(), opened.previousCrc(), headless);
    } catch (MalformedEventException _) {
      return null;
    }
  }

  private static void requireKnown(Envelope envelope, Place place) throws JournalException {
    if (envelope.version() != Envelope.VERSION) {
      throw JournalException.of(
          JournalException.Kind.UNSUPPORTED,
          "the journal has format "
              + envelope.version()
              + ", this Alicorn reads format "
              + Envelope.VERSION,
          place.file(),
          "use the Alicorn that wrote it");
    }
  }

  private JournalException unreadable(IOException e) {
    return JournalException.io("the journal cannot be read", folder.path(), e);
  }
}
