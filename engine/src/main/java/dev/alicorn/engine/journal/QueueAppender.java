package dev.alicorn.engine.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wire;

/// The appending end of one incarnation's Chronicle Queue: seals each payload in its envelope and
/// writes it as one document.
///
/// Made, used and closed by one thread, as Chronicle demands.
final class QueueAppender implements AutoCloseable {
  private static final int WORD = 4;

  private final int incarnation;
  private final Path folder;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final CRC32C crc32c = new CRC32C();
  private byte[] frame = new byte[64 << 10];
  private long seq;
  private int crc;
  private long cycle = -1;

  /// @param seq the last fact of the incarnation before
  /// @param crc its CRC
  QueueAppender(Path folder, int incarnation, long seq, int crc, InstantSource clock) {
    this.folder = folder;
    this.incarnation = incarnation;
    this.seq = seq;
    this.crc = crc;
    this.queue =
        SingleChronicleQueueBuilder.binary(folder)
            .rollCycle(CycleFiles.ROLL_CYCLE)
            .timeProvider(new ForwardClock(clock)::millis)
            .build();
    this.appender = queue.createAppender();
  }

  /// Writes the next fact; it is not durable yet.
  Position append(byte typeCode, byte[] payload, long durableSeq) {
    int length = Envelope.HEADER_BYTES + payload.length;
    if (length > frame.length) {
      frame = Arrays.copyOf(frame, Math.max(length, 2 * frame.length));
    }
    System.arraycopy(payload, 0, frame, Envelope.HEADER_BYTES, payload.length);
    int sealed =
        Envelope.seal(
            frame, typeCode, incarnation, payload.length, seq + 1, durableSeq, crc, crc32c);
    long offset;
    DocumentContext document = appender.writingDocument();
    boolean whole = false;
    try {
      Wire wire = document.wire();
      if (wire == null) {
        throw new IllegalStateException("the queue gave no document to write to");
      }
      Bytes<?> bytes = wire.bytes();
      offset = bytes.writePosition() - WORD;
      bytes.write(frame, 0, length);
      cycle = CycleFiles.ROLL_CYCLE.toCycle(document.index());
      whole = true;
    } finally {
      // Closing a document commits it, unless told not to.
      if (!whole) {
        document.rollbackOnClose();
      }
      document.close();
    }
    seq++;
    crc = sealed;
    return new Position(incarnation, CycleFiles.index(cycle, offset));
  }

  /// The file that the last fact stands in.
  Path file() {
    return CycleFiles.file(folder, cycle);
  }

  /// The cycle of that file.
  long cycle() {
    return cycle;
  }

  long seq() {
    return seq;
  }

  int crc() {
    return crc;
  }

  @Override
  public void close() {
    appender.close();
    queue.close();
  }

  /// A clock that stands still where the machine's is set back: facts keep their order by file.
  private static final class ForwardClock {
    private final InstantSource clock;
    private long latest = Long.MIN_VALUE;

    ForwardClock(InstantSource clock) {
      this.clock = clock;
    }

    long millis() {
      latest = Math.max(latest, clock.millis());
      return latest;
    }
  }
}
