package dev.alicorn.engine.replay;

import dev.alicorn.engine.dataset.DatasetException;
import dev.alicorn.engine.dataset.HeldFolder;
import dev.alicorn.protocol.EncodedFact;
import dev.alicorn.protocol.EventType;
import dev.alicorn.protocol.JournalCodec;
import dev.alicorn.protocol.JournalEvent;
import dev.alicorn.protocol.MalformedEventException;
import dev.alicorn.protocol.RecordId;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A journal's record facts, laid apart on disk by ranges of records, so that a range fits in
/// memory.
///
/// Facts come in the journal's order and keep it within their range. At most [#OPEN_FILES_MAX]
/// files are open at once.
final class Scatter implements Closeable {
  /// Records of one range.
  static final int RANGE_RECORDS = 1024;

  private static final int OPEN_FILES_MAX = 512;
  private static final int BUFFER_BYTES = 1 << 14;

  private final Path folder;
  private final LinkedHashMap<Long, DataOutputStream> open = new LinkedHashMap<>(16, 0.75f, true);

  /// @param folder one without ranges, which stays after [#close]
  Scatter(Path folder) {
    this.folder = folder;
  }

  /// A folder beside a dataset in the making.
  static HeldFolder folderBeside(Path target) throws DatasetException, IOException {
    return HeldFolder.beside(target, "scatter", "held");
  }

  void add(RecordId record, EncodedFact fact) throws IOException {
    ByteBuffer payload = fact.payload();
    DataOutputStream out = file((record.ordinal() - 1) / RANGE_RECORDS);
    out.writeByte(fact.type().code());
    out.writeInt(payload.remaining());
    out.write(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
  }

  private DataOutputStream file(long range) throws IOException {
    DataOutputStream out = open.get(range);
    if (out == null) {
      if (open.size() == OPEN_FILES_MAX) {
        Iterator<Map.Entry<Long, DataOutputStream>> oldest = open.entrySet().iterator();
        oldest.next().getValue().close();
        oldest.remove();
      }
      out =
          new DataOutputStream(
              new BufferedOutputStream(
                  Files.newOutputStream(
                      path(range), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                  BUFFER_BYTES));
      open.put(range, out);
    }
    return out;
  }

  /// The facts of a range, in the journal's order; to be called once all are added and the scatter
  /// is closed.
  ///
  /// @throws MalformedEventException when one of them is none that this Alicorn can read
  List<JournalEvent> range(long range) throws IOException, MalformedEventException {
    List<JournalEvent> facts = new ArrayList<>();
    if (Files.notExists(path(range))) {
      return facts;
    }
    try (Arena memory = Arena.ofConfined();
        DataInputStream in = new DataInputStream(new PagedInput(path(range), memory))) {
      byte[] payload = new byte[BUFFER_BYTES];
      while (true) {
        int type = in.read();
        if (type < 0) {
          return facts;
        }
        int payloadBytes = in.readInt();
        if (payloadBytes > payload.length) {
          payload = new byte[payloadBytes];
        }
        in.readFully(payload, 0, payloadBytes);
        facts.add(
            JournalCodec.decode(
                Objects.requireNonNull(EventType.ofCode((byte) type)),
                ByteBuffer.wrap(payload, 0, payloadBytes)));
      }
    } catch (EOFException e) {
      throw new IOException(path(range) + " no longer holds what was written to it", e);
    }
  }

  private Path path(long range) {
    return folder.resolve("range-" + range);
  }

  /// Closes every file, also where one of them cannot be written any more.
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (DataOutputStream out : open.values()) {
      try {
        out.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    open.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
