package dev.alicorn.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The last-durable marker: the highest fact that a barrier had made durable when it was written.
///
/// The file is one line of text, `1 {incarnation} {seq} {crc} {check}`, the last two in
/// hexadecimal; the check is the CRC32C of what stands before it. It is replaced by a rename, so
/// that a reader finds a whole one at any time.
record DurableMarker(int incarnation, long seq, int crc) {
  private static final String VERSION = "1";

  /// The marker of a journal; null where none was written yet.
  static @Nullable DurableMarker read(JournalFolder folder) throws JournalException {
    Path file = folder.marker();
    String line;
    try {
      line = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) {
      throw JournalException.io("the last-durable marker cannot be read", file, e);
    }
    String[] words = line.strip().split(" ", -1);
    try {
      if (words.length == 5
          && line.equals(line(String.join(" ", words[0], words[1], words[2], words[3])))) {
        if (!words[0].equals(VERSION)) {
          throw JournalException.of(
              JournalException.Kind.UNSUPPORTED,
              "the last-durable marker is of a newer format",
              file,
              "use the Alicorn that wrote it");
        }
        return new DurableMarker(
            Integer.parseInt(words[1]),
            Long.parseLong(words[2]),
            HexFormat.fromHexDigits(words[3]));
      }
    } catch (IllegalArgumentException _) {
      // Falls through to what is said of every damaged marker.
    }
    throw JournalException.of(
        JournalException.Kind.CORRUPT,
        "the last-durable marker is damaged",
        file,
        "restore it from a copy, or delete it to take the intact facts for all there were");
  }

  /// Puts this marker in the place of the one before, durably.
  void write(JournalFolder folder, Barrier barrier) throws IOException {
    Path file = folder.marker();
    Path fresh = file.resolveSibling("durable.tmp");
    String body = VERSION + " " + incarnation + " " + seq + " " + HexFormat.of().toHexDigits(crc);
    ByteBuffer bytes = ByteBuffer.wrap(line(body).getBytes(StandardCharsets.ISO_8859_1));
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    barrier.forceFile(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    barrier.forceNames(folder.path());
  }

  private static String line(String body) {
    CRC32C check = new CRC32C();
    check.update(body.getBytes(StandardCharsets.ISO_8859_1));
    return body + " " + HexFormat.of().toHexDigits((int) check.getValue()) + "\n";
  }
}
