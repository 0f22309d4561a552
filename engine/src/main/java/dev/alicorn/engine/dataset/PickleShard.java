package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A pickled list of `{"id": str, "embed": numpy.ndarray}`, written as a stream.
///
/// Protocol 3, in the spelling that numpy 1 and 2 both load without a warning. What all records
/// share (numpy's reconstruct call, the dtype, the shape, the keys) is memoised once at the front;
/// no record is, so the file grows without memory. Rows are appended to the list 1,000 at a time,
/// as Python's own pickler does, which bounds the loader's stack. Opcodes are those of Python's
/// `pickletools`.
final class PickleShard implements RowOutput {
  private static final int BATCH_ROWS = 1000;

  private static final byte PROTO = (byte) 0x80;
  private static final byte GLOBAL = 'c';
  private static final byte BINPUT = 'q';
  private static final byte BINGET = 'h';
  private static final byte POP = '0';
  private static final byte MARK = '(';
  private static final byte TUPLE = 't';
  private static final byte TUPLE1 = (byte) 0x85;
  private static final byte TUPLE3 = (byte) 0x87;
  private static final byte NEWTRUE = (byte) 0x88;
  private static final byte NEWFALSE = (byte) 0x89;
  private static final byte NONE = 'N';
  private static final byte BININT = 'J';
  private static final byte BININT1 = 'K';
  private static final byte BINUNICODE = 'X';
  private static final byte SHORT_BINBYTES = 'C';
  private static final byte BINBYTES = 'B';
  private static final byte EMPTY_LIST = ']';
  private static final byte EMPTY_DICT = '}';
  private static final byte SETITEMS = 'u';
  private static final byte APPENDS = 'e';
  private static final byte REDUCE = 'R';
  private static final byte BUILD = 'b';
  private static final byte STOP = '.';

  private static final int RECONSTRUCT = 0;
  private static final int RECONSTRUCT_ARGUMENTS = 1;
  private static final int DTYPE = 2;
  private static final int SHAPE = 3;
  private static final int ID = 4;
  private static final int EMBED = 5;

  private final OutputStream out;
  private final int dimension;
  private final Precision precision;
  private int inBatch;

  PickleShard(OutputStream out, int dimension, Precision precision) throws IOException {
    this.out = out;
    this.dimension = dimension;
    this.precision = precision;
    ops(PROTO, (byte) 3);
    writeShared();
    ops(EMPTY_LIST);
  }

  @Override
  public void add(DatasetRow row) throws IOException {
    byte[] bytes = VectorBytes.bytes(row.vector().orElseThrow(), precision);
    if (inBatch == 0) {
      ops(MARK);
    }
    ops(EMPTY_DICT, MARK);
    recall(ID);
    text(row.id().toString());
    recall(EMBED);
    recall(RECONSTRUCT);
    recall(RECONSTRUCT_ARGUMENTS);
    ops(REDUCE, MARK, BININT1, (byte) 1);
    recall(SHAPE);
    recall(DTYPE);
    ops(NEWFALSE, BINBYTES);
    int32(bytes.length);
    out.write(bytes);
    ops(TUPLE, BUILD, SETITEMS);
    if (++inBatch == BATCH_ROWS) {
      ops(APPENDS);
      inBatch = 0;
    }
  }

  @Override
  public void close() throws IOException {
    if (inBatch > 0) {
      ops(APPENDS);
    }
    ops(STOP);
    out.close();
  }

  private void writeShared() throws IOException {
    global("numpy.core.multiarray", "_reconstruct");
    keep(RECONSTRUCT);

    global("numpy", "ndarray");
    ops(BININT1, (byte) 0, TUPLE1);
    ops(SHORT_BINBYTES, (byte) 1, (byte) 'b', TUPLE3);
    keep(RECONSTRUCT_ARGUMENTS);

    global("numpy", "dtype");
    text(
        switch (precision) {
          case FLOAT32 -> "f4";
          case FLOAT16 -> "f2";
        });
    ops(NEWFALSE, NEWTRUE, TUPLE3, REDUCE);
    ops(MARK, BININT1, (byte) 3);
    text("<");
    ops(NONE, NONE, NONE, BININT);
    int32(-1);
    ops(BININT);
    int32(-1);
    ops(BININT1, (byte) 0, TUPLE, BUILD);
    keep(DTYPE);

    ops(BININT);
    int32(dimension);
    ops(TUPLE1);
    keep(SHAPE);

    text("id");
    keep(ID);
    text("embed");
    keep(EMBED);
  }

  private void ops(byte... ops) throws IOException {
    out.write(ops);
  }

  private void keep(int slot) throws IOException {
    ops(BINPUT, (byte) slot, POP);
  }

  private void recall(int slot) throws IOException {
    ops(BINGET, (byte) slot);
  }

  private void global(String module, String name) throws IOException {
    ops(GLOBAL);
    out.write((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void text(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ops(BINUNICODE);
    int32(utf8.length);
    out.write(utf8);
  }

  private void int32(int value) throws IOException {
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }
}
