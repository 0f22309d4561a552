package dev.alicorn.engine.job;

import dev.alicorn.engine.journal.Position;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.RecordId;
import java.util.Arrays;

/// Where each record of a running job stands, in 23 bytes a record.
///
/// It is an index that can always be made again from the journal: statuses, where an accepted
/// caption lies, and the first 8 bytes of its hash.
final class RecordTable {
  /// Where a stage of a record stands.
  enum Status {
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

  private byte[] captions = new byte[0];
  private byte[] embeddings = new byte[0];
  private byte[] samples = new byte[0];
  private int[] incarnations = new int[0];
  private long[] indices = new long[0];
  private long[] texts = new long[0];

  /// Makes room for records up to one.
  void admit(RecordId last) {
    int needed = Math.toIntExact(last.ordinal());
    if (needed > captions.length) {
      int capacity = Math.max(1024, needed + (needed >> 1));
      captions = Arrays.copyOf(captions, capacity);
      embeddings = Arrays.copyOf(embeddings, capacity);
      samples = Arrays.copyOf(samples, capacity);
      incarnations = Arrays.copyOf(incarnations, capacity);
      indices = Arrays.copyOf(indices, capacity);
      texts = Arrays.copyOf(texts, capacity);
    }
  }

  Status caption(RecordId record) {
    return Status.of(captions[row(record)]);
  }

  void captionAccepted(RecordId record, Position reply, ContentHash text) {
    captions[row(record)] = Status.ACCEPTED.code;
    incarnations[row(record)] = reply.incarnation();
    indices[row(record)] = reply.index();
    texts[row(record)] = text.prefix();
  }

  void captionLost(RecordId record) {
    captions[row(record)] = Status.LOST.code;
  }

  /// Where the reply lies that holds the accepted caption.
  Position captionPosition(RecordId record) {
    return new Position(incarnations[row(record)], indices[row(record)]);
  }

  boolean isCaption(RecordId record, ContentHash text) {
    return caption(record) == Status.ACCEPTED && texts[row(record)] == text.prefix();
  }

  Status embedding(RecordId record) {
    return Status.of(embeddings[row(record)]);
  }

  void embedding(RecordId record, Status status) {
    embeddings[row(record)] = status.code;
  }

  Status sample(RecordId record) {
    return Status.of(samples[row(record)]);
  }

  void sample(RecordId record, Status status) {
    samples[row(record)] = status.code;
  }

  private static int row(RecordId record) {
    return Math.toIntExact(record.ordinal() - 1);
  }
}
