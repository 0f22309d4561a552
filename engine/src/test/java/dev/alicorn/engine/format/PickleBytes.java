package dev.alicorn.engine.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A pickle written opcode by opcode.
public final class PickleBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public PickleBytes() {
    op(0x80, 4);
  }

  public PickleBytes op(int... ops) {
    for (int op : ops) {
      out.write(op);
    }
    return this;
  }

  public PickleBytes global(String module, String name) {
    op('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  public PickleBytes text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    op('X').int32(utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  public PickleBytes int32(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  /// A numpy array of the shape `[values.length]`.
  public PickleBytes array(String dtype, float... values) {
    return arrayOfShape(dtype, values.length, values);
  }

  /// A numpy array whose shape may be another than its values have.
  public PickleBytes arrayOfShape(String dtype, int statedLength, float... values) {
    global("numpy.core.multiarray", "_reconstruct").global("numpy", "ndarray");
    op('K', 0, 0x85, 'C', 1, 'b', 0x87, 'R', '(', 'K', 1, 'K', statedLength, 0x85);
    global("numpy", "dtype").text(dtype.substring(1)).op(0x89, 0x88, 0x87, 'R', '(', 'K', 3);
    text(dtype.substring(0, 1)).op('N', 'N', 'N', 'J').int32(-1).op('J').int32(-1);
    op('K', 0, 't', 'b', 0x89, 'B').int32(values.length * 4);
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * 4)
            .order(dtype.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    out.writeBytes(bytes.array());
    return op('t', 'b');
  }

  /// The start of a dict with an id; the caller goes on with the value of `embed`.
  public PickleBytes record(String id) {
    return op('}', '(').text("id").text(id).text("embed");
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
