package dev.alicorn.engine.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// What a power cut left of a folder: contents by name, relative to the folder, those of folders
/// empty; names follow those of the folders that they lie in.
record DiskImage(SortedMap<Path, Entry> entries) {
  DiskImage(SortedMap<Path, Entry> entries) {
    this.entries = new TreeMap<>(entries);
  }

  record Entry(boolean folder, Content content) {}

  /// @param pages of 4 KiB; what is behind them up to the length is zero
  record Content(List<byte[]> pages, long length) {
    /// The bytes up to the last that is not zero, and some more.
    byte[] used() {
      byte[] bytes = new byte[pages.size() * SimulatedFile.PAGE_BYTES];
      for (int page = 0; page < pages.size(); page++) {
        System.arraycopy(
            pages.get(page), 0, bytes, page * SimulatedFile.PAGE_BYTES, SimulatedFile.PAGE_BYTES);
      }
      return length < bytes.length ? Arrays.copyOf(bytes, Math.toIntExact(length)) : bytes;
    }
  }

  /// Writes it all into an empty folder.
  ///
  /// @param sparse whether files get their zeros at the end, too
  void write(Path to, boolean sparse) throws IOException {
    Files.createDirectories(to);
    for (var entry : entries.entrySet()) {
      Path path = to.resolve(entry.getKey().toString());
      if (entry.getValue().folder()) {
        Files.createDirectory(path);
      } else {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
          file.write(entry.getValue().content().used());
          if (sparse) {
            file.setLength(entry.getValue().content().length());
          }
        }
      }
    }
  }

  /// The highest fact that an intact envelope in one of the files knows to have been durable, by
  /// whatever way it may be found.
  long durableSeq() {
    CRC32C crc32c = new CRC32C();
    long durableSeq = 0;
    for (var entry : entries.entrySet()) {
      Path incarnation = entry.getKey().getParent();
      if (entry.getKey().toString().endsWith(".cq4") && incarnation != null) {
        byte[] bytes = entry.getValue().content().used();
        for (int at = 0; at + Envelope.HEADER_BYTES <= bytes.length; at += Integer.BYTES) {
          int length = Envelope.lengthAt(bytes, at);
          Envelope envelope =
              length < 0 || length > bytes.length - at
                  ? null
                  : Envelope.read(bytes, at, length, crc32c);
          if (envelope != null && incarnation.endsWith("%04d".formatted(envelope.incarnation()))) {
            durableSeq = Math.max(durableSeq, envelope.durableSeq());
          }
        }
      }
    }
    return durableSeq;
  }
}
