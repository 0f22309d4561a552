package dev.alicorn.engine.journal;

import dev.alicorn.protocol.EncodedFact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;

/// A copy of a journal whose facts have other payloads, each sealed as a writer seals: no check of
/// envelopes finds fault with them.
public final class OtherPayloads {
  private static final Instant FIRST_HOUR = Instant.parse("2026-01-02T03:00:00Z");
  private static final Instant SECOND_HOUR = Instant.parse("2026-01-02T04:00:00Z");

  private OtherPayloads() {}

  /// Where a fact of the copy begins.
  public record Location(Path file, long offset) {}

  /// What becomes of a payload.
  @FunctionalInterface
  public interface Change {
    byte[] of(long seq, byte[] payload);
  }

  /// Copies a journal of one incarnation.
  ///
  /// @param rollsAt the first fact of the copy's second file
  /// @return where each fact lies, by its seq
  public static SortedMap<Long, Location> copy(Path journal, Path to, long rollsAt, Change change)
      throws JournalException, IOException {
    JournalFolder folder = new JournalFolder(to);
    Files.createDirectories(folder.incarnation(1));
    SortedMap<Long, Location> written = new TreeMap<>();
    InstantSource clock = () -> written.size() + 1 < rollsAt ? FIRST_HOUR : SECOND_HOUR;
    try (JournalCursor cursor = JournalReader.open(journal);
        QueueAppender appender = new QueueAppender(folder.incarnation(1), 1, 0, 0, clock)) {
      for (EncodedFact fact = cursor.nextEncoded(); fact != null; fact = cursor.nextEncoded()) {
        ByteBuffer payload = fact.payload();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        Position position =
            appender.append(fact.type().code(), change.of(fact.seq(), bytes), fact.seq());
        Place place = FactReader.place(folder, position);
        written.put(fact.seq(), new Location(place.file(), place.offset()));
      }
    }
    return written;
  }
}
