package dev.alicorn.engine.journal;

import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.MalformedEventException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first facts of a journal's incarnations, as far as they have been looked for.
///
/// Each names the last valid fact before it. A folder without a first fact is passed over and
/// remembered, since it may be what is missing.
final class IncarnationHeads {
  private final JournalFolder folder;
  private final List<Head> heads = new ArrayList<>();
  private FactScanner.@Nullable Stop headless;
  private Place headPlace;

  /// The first fact of an incarnation.
  ///
  /// @param headlessBefore what is wrong with a folder between it and the head before, if one is
  record Head(
      int incarnation,
      Place place,
      long previousSeq,
      int previousCrc,
      FactScanner.@Nullable Stop headlessBefore) {}

  IncarnationHeads(JournalFolder folder) {
    this.folder = folder;
    this.headPlace = new Place(folder.path(), 0);
  }

  IncarnationHeads copy() {
    IncarnationHeads copy = new IncarnationHeads(folder);
    copy.heads.addAll(heads);
    return copy;
  }

  int size() {
    return heads.size();
  }

  Head get(int index) {
    return heads.get(index);
  }

  /// The index of an incarnation's head; negative where it has none.
  int find(int incarnation) {
    for (int i = heads.size() - 1; i >= 0; i--) {
      if (heads.get(i).incarnation() == incarnation) {
        return i;
      }
    }
    return -1;
  }

  /// What is wrong with the first folder behind the last head; null where none lies there.
  FactScanner.@Nullable Stop headless() {
    return headless;
  }

  /// Looks for incarnations behind the last one known.
  ///
  /// @return whether there are
  boolean look() throws IOException, JournalException {
    int last = heads.isEmpty() ? 0 : heads.getLast().incarnation();
    int before = heads.size();
    headless = null;
    for (int number : folder.incarnations()) {
      if (number > last) {
        Head head = head(number);
        if (head != null) {
          heads.add(head);
          headless = null;
        } else if (headless == null) {
          headless =
              new FactScanner.Stop(headPlace, "incarnation " + number + " has no first fact", true);
        }
      }
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

  static void requireKnown(Envelope envelope, Place place) throws JournalException {
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
}
