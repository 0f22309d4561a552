package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What lies behind the place where a journal's chain ends: in that file, in later ones of its
/// incarnation and in the folders of later incarnations.
///
/// Envelopes are looked for at every multiple of 4, since the length words that would lead to them
/// may be what is damaged.
///
/// @param durableSeq the highest seq that an intact envelope there knew to be durable, 0 without
///   one
/// @param records intact envelopes
/// @param bytes from the chain's end to the last byte that is not zero, of each file
record TailScan(long durableSeq, long records, long bytes) {
  static final TailScan NOTHING = new TailScan(0, 0, 0);

  private static final int CHUNK_BYTES = 64 << 10;
  private static final byte[] BLANK = new byte[CHUNK_BYTES];

  static TailScan behind(JournalFolder folder, int incarnation, Place end) throws IOException {
    TailScan found = NOTHING;
    for (int number : folder.incarnations()) {
      if (number < incarnation) {
        continue;
      }
      for (Path file : CycleFiles.list(folder.incarnation(number))) {
        if (file.equals(end.file())) {
          found = found.plus(scan(file, end.offset(), number));
        } else if (number > incarnation || isBehind(file, end.file())) {
          found = found.plus(scan(file, 0, number));
        }
      }
    }
    return found;
  }

  /// @param end a cycle file, or the folder where there is none
  private static boolean isBehind(Path file, Path end) {
    return file.startsWith(end) || CycleFiles.cycle(file) > CycleFiles.cycle(end);
  }

  private TailScan plus(TailScan other) {
    return new TailScan(
        Math.max(durableSeq, other.durableSeq), records + other.records, bytes + other.bytes);
  }

  private static TailScan scan(Path file, long from, int incarnation) throws IOException {
    CRC32C crc32c = new CRC32C();
    byte[] chunk = new byte[CHUNK_BYTES + Envelope.HEADER_BYTES];
    long durableSeq = 0;
    long records = 0;
    long end = from;
    try (CycleFile handle = CycleFile.open(file)) {
      long at = from;
      int length = handle.read(at, chunk, 0, chunk.length);
      if (length >= Integer.BYTES && Envelope.getInt(chunk, 0) == FactScanner.END_OF_DATA) {
        end += Integer.BYTES;
        from += Integer.BYTES;
        at += Integer.BYTES;
      }
      while ((length = handle.read(at, chunk, 0, chunk.length)) > 0) {
        int scanned = Math.min(length, CHUNK_BYTES);
        int used = used(chunk, scanned);
        Envelope found = null;
        int step = 0;
        for (; step < used && found == null; step += Integer.BYTES) {
          found = envelope(handle, at + step, chunk, step, length, crc32c);
        }
        if (found == null || found.incarnation() != incarnation) {
          end = used == 0 ? end : at + used;
          at += found == null ? scanned : step;
        } else {
          durableSeq = Math.max(durableSeq, found.durableSeq());
          records++;
          end = at + step - Integer.BYTES + Envelope.HEADER_BYTES + found.payloadLength();
          at = (end + 3) & -4;
        }
      }
    }
    return new TailScan(durableSeq, records, end - from);
  }

  /// Whether an intact envelope begins between two places of a file, at a multiple of 4 from the
  /// first.
  static boolean holdsEnvelope(CycleFile file, long from, long to) throws IOException {
    CRC32C crc32c = new CRC32C();
    byte[] chunk = new byte[CHUNK_BYTES + Envelope.HEADER_BYTES];
    int length;
    for (long at = from; at < to && (length = file.read(at, chunk, 0, chunk.length)) > 0; ) {
      int scanned = Math.toIntExact(Math.min(Math.min(length, CHUNK_BYTES), to - at));
      int used = used(chunk, scanned);
      for (int step = 0; step < used; step += Integer.BYTES) {
        if (envelope(file, at + step, chunk, step, length, crc32c) != null) {
          return true;
        }
      }
      at += scanned;
    }
    return false;
  }

  private static @Nullable Envelope envelope(
      CycleFile handle, long at, byte[] chunk, int offset, int length, CRC32C crc32c)
      throws IOException {
    if (offset + Envelope.HEADER_BYTES > length) {
      return null;
    }
    int wanted = Envelope.lengthAt(chunk, offset);
    if (wanted < 0) {
      return null;
    }
    if (offset + wanted <= length) {
      return Envelope.read(chunk, offset, wanted, crc32c);
    }
    byte[] whole = new byte[wanted];
    return handle.read(at, whole, 0, wanted) == wanted
        ? Envelope.read(whole, 0, wanted, crc32c)
        : null;
  }

  /// The length of a chunk without the zeros at its end.
  private static int used(byte[] chunk, int length) {
    if (Arrays.equals(chunk, 0, length, BLANK, 0, length)) {
      return 0;
    }
    int used = length;
    while (used > 0 && chunk[used - 1] == 0) {
      used--;
    }
    return used;
  }
}
