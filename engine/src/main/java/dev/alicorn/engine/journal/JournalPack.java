package dev.alicorn.engine.journal;

import dev.alicorn.protocol.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The packing of a journal's files that nothing is written to any more, by Zstandard: those of all
/// incarnations but the last, and of the last once its job has ended.
///
/// Packed files are read like others, and facts keep their positions. Each original is deleted only
/// when what replaces it is durable and was read back; one that was being packed at a crash is
/// packed again.
public final class JournalPack {
  private static final Set<EventType> ENDS =
      EnumSet.of(EventType.JOB_COMPLETED, EventType.JOB_CANCELLED, EventType.JOB_FAILED);
  private static final int SAMPLED_FRAMES = 16;

  private JournalPack() {}

  /// What packing came to, or would come to.
  ///
  /// @param files that were not packed before
  /// @param bytes of these files up to the last that is used
  /// @param packedBytes of what replaces them
  public record Saving(long files, long bytes, long packedBytes) {
    static final Saving NOTHING = new Saving(0, 0, 0);

    public long freedBytes() {
      return bytes - packedBytes;
    }

    private Saving plus(Saving other) {
      return new Saving(files + other.files, bytes + other.bytes, packedBytes + other.packedBytes);
    }
  }

  /// What packing would free, by one frame in sixteen.
  public static Saving estimate(Path journalFolder) throws JournalException {
    return forEach(journalFolder, JournalPack::estimated);
  }

  /// Packs what can be packed.
  ///
  /// @throws JournalException where the journal is damaged, which is never packed away
  public static Saving pack(Path journalFolder) throws JournalException {
    return forEach(journalFolder, JournalPack::packed);
  }

  private interface Packing {
    /// @param length up to the last fact
    Saving of(Path file, long length) throws IOException;
  }

  private static Saving forEach(Path journalFolder, Packing packing) throws JournalException {
    Saving all = Saving.NOTHING;
    JournalFolder folder = new JournalFolder(journalFolder);
    try {
      for (Map.Entry<Path, Long> file : closedFiles(folder).entrySet()) {
        all = all.plus(packing.of(file.getKey(), file.getValue()));
      }
      return all;
    } catch (IOException e) {
      throw JournalException.io("the journal cannot be packed", journalFolder, e);
    }
  }

  /// The files that are not packed, with where their last facts end; nothing behind them is ever
  /// read.
  private static Map<Path, Long> closedFiles(JournalFolder folder) throws JournalException {
    Map<Path, Long> ends = new LinkedHashMap<>();
    EventType last = null;
    int lastIncarnation = 0;
    try (JournalCursor cursor = JournalReader.open(folder.path())) {
      Place place = cursor.after();
      for (Envelope envelope = cursor.advance(); envelope != null; envelope = cursor.advance()) {
        last = JournalCursor.typeOf(envelope, place);
        lastIncarnation = envelope.incarnation();
        place = cursor.after();
        ends.put(place.file(), place.offset());
      }
    }
    Path open = folder.incarnation(lastIncarnation);
    boolean ended = last != null && ENDS.contains(last);
    ends.keySet().removeIf(file -> CycleFiles.isPacked(file) || (!ended && file.startsWith(open)));
    return ends;
  }

  private static Saving estimated(Path file, long length) throws IOException {
    try (CycleFile original = CycleFile.open(file)) {
      byte[] frame = new byte[PackedCycleFile.FRAME_BYTES];
      long sampled = 0;
      long packed = 0;
      for (long at = 0; at < length; at += (long) SAMPLED_FRAMES * frame.length) {
        int read =
            original.read(at, frame, 0, Math.toIntExact(Math.min(frame.length, length - at)));
        sampled += read;
        packed += PackedCycleFile.packed(frame, read).length;
      }
      return new Saving(
          1, length, sampled == 0 ? 0 : Math.round((double) length * packed / sampled));
    }
  }

  private static Saving packed(Path file, long length) throws IOException {
    Path target = CycleFiles.packed(file);
    Path fresh = target.resolveSibling(target.getFileName() + ".tmp");
    Path folder = file.resolveSibling("");
    try (CycleFile original = CycleFile.open(file)) {
      PackedCycleFile.write(original, length, fresh);
      requireSame(original, length, fresh, file);
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      FileBarrier.forceFolder(folder);
      Files.delete(file);
      FileBarrier.forceFolder(folder);
      return new Saving(1, length, Files.size(target));
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void requireSame(CycleFile original, long length, Path packed, Path file)
      throws IOException {
    byte[] before = new byte[PackedCycleFile.FRAME_BYTES];
    byte[] after = new byte[PackedCycleFile.FRAME_BYTES];
    try (CycleFile written = PackedCycleFile.open(packed)) {
      for (long at = 0; at < length; at += before.length) {
        int wanted = Math.toIntExact(Math.min(before.length, length - at));
        original.read(at, before, 0, wanted);
        if (written.read(at, after, 0, wanted) != wanted
            || Arrays.mismatch(before, 0, wanted, after, 0, wanted) >= 0) {
          throw new IOException("what was packed does not read back as " + file + " does");
        }
      }
    }
  }
}
