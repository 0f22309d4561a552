package dev.alicorn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private final CRC32C crc32c = new CRC32C();

  @Test
  void comesBackAsItWasSealed() {
    byte[] frame = frame("payload");
    int crc = Envelope.seal(frame, (byte) 9, 3, 7, 1L << 40, (1L << 40) - 1, 0xCAFEBABE, crc32c);
    assertThat(Envelope.read(frame, 0, frame.length, crc32c))
        .isEqualTo(
            new Envelope((byte) 1, (byte) 9, 3, 7, 1L << 40, (1L << 40) - 1, 0xCAFEBABE, crc));
  }

  @Test
  void standsAnywhereInABuffer() {
    byte[] frame = frame("payload");
    Envelope.seal(frame, (byte) 9, 3, 7, 5, 4, 1, crc32c);
    byte[] buffer = ByteBuffer.allocate(frame.length + 8).put(3, frame).array();
    assertThat(Envelope.read(buffer, 3, frame.length, crc32c))
        .isEqualTo(Envelope.read(frame, 0, frame.length, crc32c));
  }

  /// The layout of the class's table, byte by byte, with a CRC32C reckoned bit by bit.
  @Test
  void liesAsTheTableSays() {
    byte[] frame = frame("A");
    Envelope.seal(frame, (byte) 5, 2, 1, 3, 2, 0x11223344, crc32c);
    byte[] before = new byte[36 + 1];
    System.arraycopy(frame, 0, before, 0, 36);
    before[36] = 'A';
    int crc = crc32cBitByBit(before);
    assertThat(frame)
        .containsExactly(
            'A', 'L', 'I', 'C', 1, 5, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, //
            3, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, //
            0x44, 0x33, 0x22, 0x11, crc, crc >> 8, crc >> 16, crc >> 24, 'A');
  }

  @Test
  void noFlippedBitGoesUnseen() {
    byte[] frame = frame("some payload");
    Envelope.seal(frame, (byte) 9, 3, frame.length - 40, 5, 4, 1, crc32c);
    for (int bit = 0; bit < frame.length * 8; bit++) {
      frame[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(Envelope.read(frame, 0, frame.length, crc32c)).as("bit %d", bit).isNull();
      frame[bit / 8] ^= (byte) (1 << (bit % 8));
    }
  }

  @Test
  void aPartOfOneIsNone() {
    byte[] frame = frame("some payload");
    Envelope.seal(frame, (byte) 9, 3, frame.length - 40, 5, 4, 1, crc32c);
    for (int length = 0; length < frame.length; length++) {
      assertThat(Envelope.read(frame, 0, length, crc32c)).as("length %d", length).isNull();
    }
  }

  private static byte[] frame(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[Envelope.HEADER_BYTES + bytes.length];
    System.arraycopy(bytes, 0, frame, Envelope.HEADER_BYTES, bytes.length);
    return frame;
  }

  private static int crc32cBitByBit(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int i = 0; i < 8; i++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82F63B78;
      }
    }
    return ~crc;
  }
}
