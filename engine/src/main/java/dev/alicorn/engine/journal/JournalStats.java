package dev.alicorn.engine.journal;

import dev.alicorn.protocol.EventType;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What a journal holds up to its last barrier, in numbers.
///
/// @param firstSeq 0 where it holds nothing
/// @param byType only types that there are
/// @param fileBytes the bytes of its files up to the last fact in each; they are sparse, so their
///   lengths say more
public record JournalStats(
    long firstSeq, long lastSeq, int incarnations, Map<EventType, Tally> byType, long fileBytes) {
  /// Facts of one type.
  ///
  /// @param bytes of their payloads, without envelopes
  public record Tally(long count, long bytes) {
    private Tally plus(long payloadBytes) {
      return new Tally(count + 1, bytes + payloadBytes);
    }
  }

  /// Counts a journal's facts; every one is checked on the way.
  public static JournalStats of(Path journalFolder) throws JournalException {
    EnumMap<EventType, Tally> byType = new EnumMap<>(EventType.class);
    int incarnations = 0;
    long fileBytes = 0;
    try (JournalCursor cursor = JournalReader.open(journalFolder)) {
      Place place = cursor.after();
      Envelope envelope;
      while ((envelope = cursor.advance()) != null) {
        EventType type = JournalCursor.typeOf(envelope, place);
        byType.put(type, byType.getOrDefault(type, new Tally(0, 0)).plus(envelope.payloadLength()));
        if (type == EventType.INCARNATION_OPENED) {
          incarnations++;
        }
        Place after = cursor.after();
        if (!after.file().equals(place.file())) {
          fileBytes += place.offset();
        }
        place = after;
      }
      return new JournalStats(
          Math.min(1, cursor.seq()),
          cursor.seq(),
          incarnations,
          Collections.unmodifiableMap(byType),
          fileBytes + place.offset());
    }
  }

  /// All facts.
  public long facts() {
    return byType.values().stream().mapToLong(Tally::count).sum();
  }

  /// All payloads.
  public long payloadBytes() {
    return byType.values().stream().mapToLong(Tally::bytes).sum();
  }
}
