package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The front of a file in numpy's npy format, version 1.0, as `numpy.lib.format` describes it: a
/// magic number, the header's length in 2 bytes, and a Python literal padded with spaces so that
/// the array's bytes, little-endian and row-major, begin at a multiple of 64.
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private Npy() {}

  /// The front of an array of a shape.
  static byte[] front(Precision precision, long... shape) {
    String type =
        switch (precision) {
          case FLOAT32 -> "<f4";
          case FLOAT16 -> "<f2";
        };
    String literal =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, tuple(shape));
    int start = MAGIC.length + Short.BYTES;
    int end = Math.ceilDiv(start + literal.length() + 1, ALIGNMENT) * ALIGNMENT;
    String header = literal + " ".repeat(end - start - literal.length() - 1) + "\n";
    return ByteBuffer.allocate(end)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  /// As Python writes tuples: `(5,)` and `(2, 5)`.
  private static String tuple(long... shape) {
    return Arrays.stream(shape)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
  }
}
