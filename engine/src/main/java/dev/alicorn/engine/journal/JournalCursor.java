package dev.alicorn.engine.journal;

import dev.alicorn.protocol.EncodedFact;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.MalformedEventException;
import java.nio.ByteBuffer;
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
      Place place = walker.after();
      Envelope envelope = advance();
      if (envelope == null) {
        return null;
      }
      if (wanted.contains(typeOf(envelope, place))) {
        return new JournalEntry(
            envelope.seq(), walker.position(), decode(envelope, walker.payload(), place));
      }
    }
  }

  /// The next fact without decoding it; null where nothing more is durable yet. Its payload stays
  /// until the cursor is used again.
  public @Nullable EncodedFact nextEncoded() throws JournalException {
    Place place = walker.after();
    Envelope envelope = advance();
    return envelope == null
        ? null
        : new EncodedFact(envelope.seq(), typeOf(envelope, place), walker.payload());
  }

  /// That the last fact which [#nextEncoded()] gave is none that this Alicorn can read.
  public JournalException unknown(MalformedEventException reason) {
    return JournalException.unknown(String.valueOf(reason.getMessage()), walker.after(), seq());
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

  @Override
  public void close() {
    walker.close();
  }

  static JournalEvent decode(Envelope envelope, ByteBuffer payload, Place place)
      throws JournalException {
    try {
      return JournalCodec.decode(typeOf(envelope, place), payload);
    } catch (MalformedEventException e) {
      throw JournalException.unknown(String.valueOf(e.getMessage()), place, envelope.seq());
    }
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
