package dev.alicorn.engine.journal;

import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.MalformedEventException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Single facts of a journal by their positions; thread-safe, one read at a time.
public final class FactReader implements AutoCloseable {
  private static final int HANDLES_MAX = 8;
  private static final int WORD = 4;

  private final JournalFolder folder;
  private final CRC32C crc32c = new CRC32C();
  private final Map<Path, CycleFile> handles = new LinkedHashMap<>(16, 0.75f, true);

  FactReader(JournalFolder folder) {
    this.folder = folder;
  }

  /// A reader of a journal that another job may be writing, or has written: no lock, no write.
  public static FactReader of(Path journalFolder) {
    return new FactReader(new JournalFolder(journalFolder));
  }

  /// The fact at a position that a cursor over the same journal gave.
  public JournalEvent read(Position position) throws JournalException {
    return read(position, Long.MAX_VALUE);
  }

  /// @param durableSeq facts beyond it are not there yet
  synchronized JournalEvent read(Position position, long durableSeq) throws JournalException {
    Place place = place(folder, position);
    Path file = place.file();
    byte[] document;
    try {
      document = document(handle(file), place.offset());
    } catch (IOException e) {
      throw JournalException.io("a fact cannot be read", file, e);
    }
    Envelope envelope =
        document == null ? null : Envelope.read(document, 0, document.length, crc32c);
    if (envelope == null
        || envelope.version() != Envelope.VERSION
        || envelope.incarnation() != position.incarnation()
        || envelope.seq() < 1
        || envelope.seq() > durableSeq) {
      throw JournalException.corrupt("no durable fact stands there", place);
    }
    ByteBuffer payload = ByteBuffer.wrap(document, Envelope.HEADER_BYTES, envelope.payloadLength());
    try {
      return JournalCodec.decode(JournalCursor.typeOf(envelope, place), payload);
    } catch (MalformedEventException e) {
      throw JournalException.unknown(String.valueOf(e.getMessage()), place, envelope.seq());
    }
  }

  /// The file and the byte of a position.
  static Place place(JournalFolder folder, Position position) {
    return new Place(
        CycleFiles.present(
            folder.incarnation(position.incarnation()), CycleFiles.cycle(position.index())),
        CycleFiles.offset(position.index()));
  }

  @Override
  public synchronized void close() {
    handles.values().forEach(FactReader::closeQuietly);
    handles.clear();
  }

  private static byte @Nullable [] document(CycleFile handle, long offset) throws IOException {
    byte[] word = new byte[WORD];
    int length = handle.read(offset, word, 0, WORD) == WORD ? Envelope.getInt(word, 0) : 0;
    if (length < Envelope.HEADER_BYTES
        || length > Envelope.HEADER_BYTES + Envelope.PAYLOAD_BYTES_MAX) {
      return null;
    }
    byte[] document = new byte[length];
    return handle.read(offset + WORD, document, 0, length) == length ? document : null;
  }

  private CycleFile handle(Path file) throws IOException {
    CycleFile handle = handles.get(file);
    if (handle == null) {
      if (handles.size() == HANDLES_MAX) {
        Iterator<CycleFile> eldest = handles.values().iterator();
        closeQuietly(eldest.next());
        eldest.remove();
      }
      handle = CycleFile.open(file);
      handles.put(file, handle);
    }
    return handle;
  }

  private static void closeQuietly(CycleFile handle) {
    try {
      handle.close();
    } catch (IOException _) {
      // Nothing was written through it.
    }
  }
}
