package dev.alicorn.engine.journal;

import dev.alicorn.protocol.EncodedFact;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.MalformedEventException;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A reading of a journal from its first fact on, never beyond the last barrier.
///
/// One thread at a time: it may change between calls if one call happens before the next.
public final class JournalCursor implements AutoCloseable {
  private static final Set<EventType> ALL =
      Collections.unmodifiableSet(EnumSet.allOf(EventType.class));

  private final ChainWalker walker;
  private final Horizon horizon;
  private long durableSeq;
  private long readBytes;

  /// How far a cursor may read.
  interface Horizon {
    /// The highest seq that is known to be durable by now; facts up to it can be read.
    long durableSeq(ChainWalker walker) throws JournalException;
  }

  JournalCursor(ChainWalker walker, Horizon horizon) {
    this.walker = walker;
    this.horizon = horizon;
  }

  /// The next fact; null where nothing more is durable yet.
  public @Nullable JournalEntry next() throws JournalException {
    return next(ALL);
  }

  /// The next fact of a wanted kind; null where nothing more is durable yet. Facts of other kinds
  /// are checked like all, but not decoded.
  public @Nullable JournalEntry next(Set<EventType> wanted) throws JournalException {
    while (true) {
      Envelope envelope = advance();
      if (envelope == null) {
        return null;
      }
      EventType type = type(envelope);
      if (wanted.contains(type)) {
        try {
          return new JournalEntry(
              envelope.seq(), walker.position(), JournalCodec.decode(type, walker.payload()));
        } catch (MalformedEventException e) {
          throw unknown(e);
        }
      }
    }
  }

  /// The next fact without decoding it; null where nothing more is durable yet. Its payload stays
  /// until the cursor is used again.
  public @Nullable EncodedFact nextEncoded() throws JournalException {
    Envelope envelope = advance();
    return envelope == null
        ? null
        : new EncodedFact(envelope.seq(), type(envelope), walker.payload());
  }

  /// That the last fact which this gave is none that this Alicorn can read.
  public JournalException unknown(MalformedEventException reason) {
    return JournalException.unknown(String.valueOf(reason.getMessage()), place(), seq());
  }

  /// The envelope of the next fact, of whatever kind; null where nothing more is durable yet.
  @Nullable Envelope advance() throws JournalException {
    if (walker.lastSeq() >= durableSeq) {
      durableSeq = horizon.durableSeq(walker);
      if (walker.lastSeq() >= durableSeq) {
        return null;
      }
    }
    Envelope envelope = walker.next();
    if (envelope == null) {
      throw walker.corruptAtStop();
    }
    readBytes += Envelope.documentBytes(envelope.payloadLength());
    return envelope;
  }

  /// Where the next fact should be.
  Place after() {
    return walker.after();
  }

  /// The last fact that was read or passed over, 0 before the first.
  public long seq() {
    return walker.lastSeq();
  }

  /// By which another reading can go on behind the last fact that was read.
  public Bookmark bookmark() {
    return new Bookmark(walker.position(), walker.lastSeq(), walker.lastCrc());
  }

  /// The bytes that the facts so far take up in their files.
  public long readBytes() {
    return readBytes;
  }

  /// The bytes of the journal's files as they are now, each up to the last that is used; a packed
  /// file counts as what it unpacks to.
  public long fileBytes() throws JournalException {
    try {
      return walker.folder().fileBytes();
    } catch (IOException e) {
      throw JournalException.io("the journal cannot be read", walker.folder().path(), e);
    }
  }

  @Override
  public void close() {
    walker.close();
  }

  /// Where the last fact begins.
  private Place place() {
    return FactReader.place(walker.folder(), walker.position());
  }

  private EventType type(Envelope envelope) throws JournalException {
    EventType type = EventType.ofCode(envelope.typeCode());
    return type != null ? type : typeOf(envelope, place());
  }

  static EventType typeOf(Envelope envelope, Place place) throws JournalException {
    EventType type = EventType.ofCode(envelope.typeCode());
    if (type == null) {
      throw JournalException.unknown(
          "a fact is of type "
              + (envelope.typeCode() & 0xff)
              + ", which this Alicorn does not know",
          place,
          envelope.seq());
    }
    return type;
  }
}
