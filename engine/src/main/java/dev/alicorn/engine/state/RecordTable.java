package dev.alicorn.engine.state;

import dev.alicorn.engine.journal.Position;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.RecordId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// Where each record of a running job stands, in 23 bytes a record.
///
/// It is an index that can always be made again from the journal: statuses, where the seed lies, or
/// the accepted caption from when there is one, and the first 8 bytes of the caption's hash.
public final class RecordTable {
  /// Where a stage of a record stands.
  public enum Status {
    /// Nothing has settled it.
    OPEN(0),
    ACCEPTED(1),
    /// Rejected, failed or parked: it takes no further part.
    LOST(2);

    private final byte code;

    Status(int code) {
      this.code = (byte) code;
    }

    private static Status of(byte code) {
      return switch (code) {
        case 0 -> OPEN;
        case 1 -> ACCEPTED;
        case 2 -> LOST;
        default -> throw new IllegalArgumentException("no status has code " + code);
      };
    }
  }

  private int rows;
  private byte[] captions = new byte[0];
  private byte[] embeddings = new byte[0];
  private byte[] samples = new byte[0];
  private int[] incarnations = new int[0];
  private long[] indices = new long[0];
  private long[] texts = new long[0];

  /// Takes a record in, whose seed lies at a position.
  void admit(RecordId record, Position seed) {
    rows = Math.max(rows, Math.toIntExact(record.ordinal()));
    if (rows > captions.length) {
      resize(Math.max(1024, rows + (rows >> 1)));
    }
    at(record, seed);
  }

  private void resize(int capacity) {
    captions = Arrays.copyOf(captions, capacity);
    embeddings = Arrays.copyOf(embeddings, capacity);
    samples = Arrays.copyOf(samples, capacity);
    incarnations = Arrays.copyOf(incarnations, capacity);
    indices = Arrays.copyOf(indices, capacity);
    texts = Arrays.copyOf(texts, capacity);
  }

  private void at(RecordId record, Position position) {
    incarnations[row(record)] = position.incarnation();
    indices[row(record)] = position.index();
  }

  /// Where the first seed lies whose caption is open; empty where none is.
  public Optional<Position> firstOpenSeed() {
    for (int row = 0; row < rows; row++) {
      if (captions[row] == Status.OPEN.code) {
        return Optional.of(new Position(incarnations[row], indices[row]));
      }
    }
    return Optional.empty();
  }

  public Status caption(RecordId record) {
    return Status.of(captions[row(record)]);
  }

  void captionAccepted(RecordId record, Position reply, ContentHash text) {
    captions[row(record)] = Status.ACCEPTED.code;
    at(record, reply);
    texts[row(record)] = text.prefix();
  }

  void captionLost(RecordId record) {
    captions[row(record)] = Status.LOST.code;
  }

  /// Where the seed lies, or from when there is one the reply that holds the accepted caption.
  Position position(RecordId record) {
    return new Position(incarnations[row(record)], indices[row(record)]);
  }

  boolean isCaption(RecordId record, ContentHash text) {
    return caption(record) == Status.ACCEPTED && texts[row(record)] == text.prefix();
  }

  public Status embedding(RecordId record) {
    return Status.of(embeddings[row(record)]);
  }

  void embedding(RecordId record, Status status) {
    embeddings[row(record)] = status.code;
  }

  public Status sample(RecordId record) {
    return Status.of(samples[row(record)]);
  }

  void sample(RecordId record, Status status) {
    samples[row(record)] = status.code;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(rows);
    out.write(captions, 0, rows);
    out.write(embeddings, 0, rows);
    out.write(samples, 0, rows);
    for (int row = 0; row < rows; row++) {
      out.writeInt(incarnations[row]);
      out.writeLong(indices[row]);
      out.writeLong(texts[row]);
    }
  }

  static RecordTable read(DataInput in) throws IOException {
    RecordTable table = new RecordTable();
    table.rows = in.readInt();
    table.resize(table.rows);
    in.readFully(table.captions);
    in.readFully(table.embeddings);
    in.readFully(table.samples);
    for (int row = 0; row < table.rows; row++) {
      table.incarnations[row] = in.readInt();
      table.indices[row] = in.readLong();
      table.texts[row] = in.readLong();
    }
    return table;
  }

  private static int row(RecordId record) {
    return Math.toIntExact(record.ordinal() - 1);
  }
}
