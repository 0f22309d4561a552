package dev.alicorn.engine.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What stands around each payload in a journal file, little endian:
///
/// | byte | length | field |
/// |---|---|---|
/// | 0 | 4 | magic, `ALIC` |
/// | 4 | 1 | format version, 1 |
/// | 5 | 1 | type, an event type's code |
/// | 6 | 2 | zero |
/// | 8 | 4 | incarnation, from 1 |
/// | 12 | 4 | length of the payload |
/// | 16 | 8 | seq, from 1, without gaps through all incarnations |
/// | 24 | 8 | highest seq that was durable when this was written |
/// | 32 | 4 | CRC of the previous envelope, through all incarnations; 0 for the first |
/// | 36 | 4 | CRC: CRC32C over bytes 0 to 35 and the payload |
/// | 40 | | payload |
///
/// The CRC shows damage of a record; the previous one's CRC and the seq show a record that is
/// missing, doubled or from elsewhere; the durable seq tells damage of what was promised from a
/// tail that a power cut tore.
record Envelope(
    byte version,
    byte typeCode,
    int incarnation,
    int payloadLength,
    long seq,
    long durableSeq,
    int previousCrc,
    int crc) {
  static final int HEADER_BYTES = 40;
  static final byte VERSION = 1;

  /// Longest payload: a document must fit into the overlap of Chronicle's mapped blocks, a quarter
  /// of 64 MiB.
  static final int PAYLOAD_BYTES_MAX = (16 << 20) - 4096;

  static final int MAGIC = 'A' | 'L' << 8 | 'I' << 16 | 'C' << 24;

  private static final int CRC_AT = 36;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Fills in the header before a payload that stands at `frame[40 .. 40 + payloadLength)`.
  ///
  /// @return the envelope's CRC
  static int seal(
      byte[] frame,
      byte typeCode,
      int incarnation,
      int payloadLength,
      long seq,
      long durableSeq,
      int previousCrc,
      CRC32C crc32c) {
    INT.set(frame, 0, MAGIC);
    frame[4] = VERSION;
    frame[5] = typeCode;
    frame[6] = 0;
    frame[7] = 0;
    INT.set(frame, 8, incarnation);
    INT.set(frame, 12, payloadLength);
    LONG.set(frame, 16, seq);
    LONG.set(frame, 24, durableSeq);
    INT.set(frame, 32, previousCrc);
    int crc = crc(frame, 0, payloadLength, crc32c);
    INT.set(frame, CRC_AT, crc);
    return crc;
  }

  /// The envelope that fills `bytes[offset .. offset + length)`; null where none does.
  static @Nullable Envelope read(byte[] bytes, int offset, int length, CRC32C crc32c) {
    if (length < HEADER_BYTES
        || getInt(bytes, offset) != MAGIC
        || getInt(bytes, offset + 12) != length - HEADER_BYTES
        || getInt(bytes, offset + CRC_AT) != crc(bytes, offset, length - HEADER_BYTES, crc32c)) {
      return null;
    }
    return new Envelope(
        bytes[offset + 4],
        bytes[offset + 5],
        getInt(bytes, offset + 8),
        length - HEADER_BYTES,
        (long) LONG.get(bytes, offset + 16),
        (long) LONG.get(bytes, offset + 24),
        getInt(bytes, offset + 32),
        getInt(bytes, offset + CRC_AT));
  }

  /// What a fact takes up in a file: its length word, its envelope, its payload and the padding.
  static long documentBytes(int payloadLength) {
    return (Integer.BYTES + HEADER_BYTES + payloadLength + 3L) & -4L;
  }

  /// The length that an envelope's header at `offset` gives for the whole, were it one; -1 where
  /// none starts.
  static int lengthAt(byte[] bytes, int offset) {
    int payload = getInt(bytes, offset + 12);
    return getInt(bytes, offset) != MAGIC || payload < 0 || payload > PAYLOAD_BYTES_MAX
        ? -1
        : HEADER_BYTES + payload;
  }

  static int getInt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  private static int crc(byte[] bytes, int offset, int payloadLength, CRC32C crc32c) {
    crc32c.reset();
    crc32c.update(bytes, offset, CRC_AT);
    crc32c.update(bytes, offset + HEADER_BYTES, payloadLength);
    return (int) crc32c.getValue();
  }
}
