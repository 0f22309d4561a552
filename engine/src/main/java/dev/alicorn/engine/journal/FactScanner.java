package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The intact envelopes of one incarnation, in the order in which they lie in its files.
///
/// A cycle file is a run of documents, each behind a 4-byte length word at a multiple of 4: 30 bits
/// of length, bit 30 for Chronicle's own documents (skipped), bit 31 for one that is still being
/// written; zero where nothing has been written, and one value for the end of the file. Reads are
/// plain reads, not of a mapping.
final class FactScanner implements AutoCloseable {
  private static final int NOT_COMPLETE = 0x8000_0000;
  private static final int META_DATA = 0x4000_0000;
  private static final int LENGTH = 0x3FFF_FFFF;
  static final int END_OF_DATA = NOT_COMPLETE | META_DATA;
  private static final int WORD = 4;
  private static final int READ_BYTES = 64 << 10;

  private final Path folder;
  private final CRC32C crc32c = new CRC32C();

  private @Nullable OpenFile open;
  private boolean complete;
  private long offset;
  private byte[] buffer = new byte[READ_BYTES];
  private long bufferStart;
  private int bufferLength;

  private long factOffset;
  private int payloadAt;
  private int payloadLength;
  private Place after;
  private Stop stop;

  private @Nullable OpenFile lastFile;
  private long lastOffset;
  private Place lastAfter;

  /// Why no fact follows, and where one should be.
  ///
  /// @param blank whether nothing was written there at all
  record Stop(Place place, String reason, boolean blank) {}

  private record OpenFile(Path path, long cycleIndex, CycleFile handle) {}

  FactScanner(Path incarnationFolder) {
    this.folder = incarnationFolder;
    this.after = new Place(incarnationFolder, 0);
    this.lastAfter = after;
    this.stop = new Stop(after, "nothing was read", true);
  }

  /// A scanner of the same incarnation that goes on where this one is.
  FactScanner fork() throws IOException {
    FactScanner fork = new FactScanner(folder);
    if (open != null) {
      fork.seek(open.path(), offset);
    }
    fork.after = after;
    return fork;
  }

  /// Goes to a [Position] index, where the next envelope is then looked for.
  ///
  /// @return whether there is such a file
  boolean beginAt(long index) throws IOException {
    Path file = CycleFiles.present(folder, CycleFiles.cycle(index));
    if (Files.notExists(file)) {
      return false;
    }
    seek(file, CycleFiles.offset(index));
    after = new Place(file, offset);
    return true;
  }

  /// The next intact envelope; null where none follows, as [#stop()] then says. The next call tries
  /// again at the same place.
  @Nullable Envelope next() throws IOException {
    lastFile = open;
    lastOffset = offset;
    lastAfter = after;
    Envelope envelope = walk();
    if (envelope == null) {
      // What the buffer holds may be older than what is in the file by now.
      retreat();
      envelope = walk();
      if (envelope == null) {
        retreat();
      }
    }
    if (envelope != null && open != null) {
      after = new Place(open.path(), offset);
    }
    return envelope;
  }

  /// Takes the last [#next()] back: the next one reads the same place again, from the file.
  void retreat() throws IOException {
    if (lastFile == null) {
      close();
      offset = 0;
    } else if (open == null || !open.path().equals(lastFile.path())) {
      seek(lastFile.path(), lastOffset);
    } else {
      offset = lastOffset;
    }
    after = lastAfter;
    bufferLength = 0;
  }

  /// The payload of the envelope that [#next()] gave, valid until it is called again.
  ByteBuffer payload() {
    return ByteBuffer.wrap(buffer, payloadAt, payloadLength);
  }

  /// The [Position] index of the envelope that [#next()] gave.
  long index() {
    if (open == null) {
      throw new IllegalStateException("no fact was read");
    }
    return open.cycleIndex() | factOffset;
  }

  /// Where the fact after the last one should be.
  Place after() {
    return after;
  }

  Stop stop() {
    return stop;
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.handle().close();
      open = null;
    }
  }

  private @Nullable Envelope walk() throws IOException {
    while (true) {
      if (open == null) {
        if (!openNext()) {
          return stopAt("no file is there", true);
        }
        continue;
      }
      if (!ensure(WORD)) {
        if (openNext()) {
          continue;
        }
        return stopAt("the file ends", true);
      }
      int word = Envelope.getInt(buffer, at());
      if (word == 0 || word == END_OF_DATA) {
        if (openNext()) {
          continue;
        }
        return stopAt("nothing is written there", true);
      }
      int length = word & LENGTH;
      if ((word & NOT_COMPLETE) != 0) {
        return stopAt("a record was begun and not finished", false);
      }
      if ((word & META_DATA) != 0) {
        if (ensure(2 * WORD) && Envelope.getInt(buffer, at() + WORD) == Envelope.MAGIC) {
          return stopAt("the length of a record is damaged", false);
        }
        if (open != null
            && TailScan.holdsEnvelope(open.handle(), offset + WORD, offset + WORD + length)) {
          return stopAt("the length of one of the queue's own documents is damaged", false);
        }
        offset = aligned(offset + WORD + length);
        continue;
      }
      if (length > Envelope.HEADER_BYTES + Envelope.PAYLOAD_BYTES_MAX || !ensure(WORD + length)) {
        return stopAt("the length of a record is damaged or the file is cut", false);
      }
      Envelope envelope = Envelope.read(buffer, at() + WORD, length, crc32c);
      if (envelope == null) {
        return stopAt("a record is damaged", false);
      }
      factOffset = offset;
      payloadAt = at() + WORD + Envelope.HEADER_BYTES;
      payloadLength = envelope.payloadLength();
      offset = aligned(offset + WORD + length);
      return envelope;
    }
  }

  private @Nullable Envelope stopAt(String reason, boolean blank) {
    stop = new Stop(new Place(open == null ? folder : open.path(), offset), reason, blank);
    return null;
  }

  /// Goes on to the file behind the one that is open, if there is one. That one is complete by then
  /// and is read again where it seemed to end: what the buffer holds may be older.
  private boolean openNext() throws IOException {
    List<Path> files = CycleFiles.list(folder);
    for (Path file : files) {
      if (open == null || CycleFiles.index(file, 0) > open.cycleIndex()) {
        if (open == null || complete) {
          seek(file, 0);
        } else {
          complete = true;
          bufferLength = 0;
        }
        return true;
      }
    }
    return false;
  }

  private void seek(Path file, long to) throws IOException {
    close();
    open = new OpenFile(file, CycleFiles.index(file, 0), CycleFile.open(file));
    offset = to;
    complete = false;
    bufferLength = 0;
  }

  /// Whether `buffer[at() .. at() + length)` holds what is in the file from `offset` on.
  private boolean ensure(int length) throws IOException {
    if (offset >= bufferStart && offset + length <= bufferStart + bufferLength) {
      return true;
    }
    if (open == null) {
      return false;
    }
    if (length > buffer.length) {
      buffer = new byte[Math.max(length, Math.min(2 * buffer.length, Integer.MAX_VALUE / 2))];
    }
    bufferStart = offset;
    bufferLength = open.handle().read(offset, buffer, 0, buffer.length);
    return bufferLength >= length;
  }

  private int at() {
    return (int) (offset - bufferStart);
  }

  private static long aligned(long position) {
    return (position + WORD - 1) & -WORD;
  }
}
