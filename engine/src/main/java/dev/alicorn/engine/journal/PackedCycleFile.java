package dev.alicorn.engine.journal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A cycle file in Zstandard's seekable format: frames of [#FRAME_BYTES] of the original, each
/// compressed by itself, and a table of their lengths in a frame that decoders skip. `zstd -d`
/// gives the original back.
///
/// What is damaged reads as zeros, or as missing where the table is, so that whoever checks the
/// facts says where the first of them is lost.
///
/// Format: Zstandard's `contrib/seekable_format/zstd_seekable_compression_format.md`, version
/// 0.1.0.
final class PackedCycleFile implements CycleFile {
  static final int FRAME_BYTES = 1 << 20;

  private static final int LEVEL = 9;
  private static final int SKIPPABLE_MAGIC = 0x184D2A5E;
  private static final int SEEKABLE_MAGIC = 0x8F92EAB1;
  private static final int SKIPPABLE_HEAD_BYTES = 8;
  private static final int ENTRY_BYTES = 8;
  private static final int FOOT_BYTES = 9;

  private final RandomAccessFile handle;
  private final List<Frame> frames;
  private final long length;
  private int decoded = -1;
  private byte[] plain = new byte[0];

  /// @param at where it begins in the packed file
  private record Frame(long at, int packedBytes, int plainBytes) {}

  private PackedCycleFile(RandomAccessFile handle, List<Frame> frames) {
    this.handle = handle;
    this.frames = frames;
    this.length = frames.stream().mapToLong(Frame::plainBytes).sum();
  }

  static PackedCycleFile open(Path file) throws IOException {
    RandomAccessFile handle = new RandomAccessFile(file.toFile(), "r");
    try {
      return new PackedCycleFile(handle, frames(handle));
    } catch (IOException | RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  /// Writes the first bytes of a cycle file, durably.
  ///
  /// @param length how many, without what Chronicle has set aside and not used
  static void write(CycleFile original, long length, Path target) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      List<Frame> frames = new ArrayList<>();
      byte[] bytes = new byte[FRAME_BYTES];
      for (long at = 0; at < length; at += FRAME_BYTES) {
        int read = original.read(at, bytes, 0, Math.toIntExact(Math.min(FRAME_BYTES, length - at)));
        byte[] packed = packed(bytes, read);
        frames.add(new Frame(out.position(), packed.length, read));
        writeAll(out, ByteBuffer.wrap(packed));
      }
      writeAll(out, table(frames));
      out.force(true);
    }
  }

  /// A frame of the first bytes of some.
  static byte[] packed(byte[] bytes, int length) {
    byte[] packed = new byte[Math.toIntExact(Zstd.compressBound(length))];
    long size = Zstd.compressByteArray(packed, 0, packed.length, bytes, 0, length, LEVEL);
    if (Zstd.isError(size)) {
      throw new IllegalStateException("zstd refuses to compress: " + Zstd.getErrorName(size));
    }
    return Arrays.copyOf(packed, Math.toIntExact(size));
  }

  private static ByteBuffer table(List<Frame> frames) {
    int content = frames.size() * ENTRY_BYTES + FOOT_BYTES;
    ByteBuffer table = little(SKIPPABLE_HEAD_BYTES + content);
    table.putInt(SKIPPABLE_MAGIC).putInt(content);
    frames.forEach(frame -> table.putInt(frame.packedBytes()).putInt(frame.plainBytes()));
    table.putInt(frames.size()).put((byte) 0).putInt(SEEKABLE_MAGIC);
    return table.flip();
  }

  private static List<Frame> frames(RandomAccessFile handle) throws IOException {
    long size = handle.length();
    if (size < SKIPPABLE_HEAD_BYTES + FOOT_BYTES) {
      return List.of();
    }
    ByteBuffer foot = read(handle, size - FOOT_BYTES, FOOT_BYTES);
    int count = foot.getInt();
    long content = (long) count * ENTRY_BYTES + FOOT_BYTES;
    if (foot.get() != 0
        || foot.getInt() != SEEKABLE_MAGIC
        || count < 0
        || content + SKIPPABLE_HEAD_BYTES > size) {
      return List.of();
    }
    long tableAt = size - content - SKIPPABLE_HEAD_BYTES;
    ByteBuffer table =
        read(handle, tableAt, Math.toIntExact(content - FOOT_BYTES) + SKIPPABLE_HEAD_BYTES);
    if (table.getInt() != SKIPPABLE_MAGIC || table.getInt() != content) {
      return List.of();
    }
    List<Frame> frames = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < count; i++) {
      Frame frame = new Frame(at, table.getInt(), table.getInt());
      boolean full = frame.plainBytes() == FRAME_BYTES;
      boolean last = i == count - 1 && frame.plainBytes() > 0 && frame.plainBytes() < FRAME_BYTES;
      if (frame.packedBytes() <= 0 || !(full || last)) {
        return List.of();
      }
      frames.add(frame);
      at += frame.packedBytes();
    }
    return at == tableAt ? frames : List.of();
  }

  @Override
  public int read(long at, byte[] target, int offset, int wanted) throws IOException {
    int filled = 0;
    while (filled < wanted && at + filled < length) {
      decode(Math.toIntExact((at + filled) / FRAME_BYTES));
      int from = Math.toIntExact((at + filled) % FRAME_BYTES);
      int count = Math.min(wanted - filled, plain.length - from);
      System.arraycopy(plain, from, target, offset + filled, count);
      filled += count;
    }
    return filled;
  }

  private void decode(int number) throws IOException {
    if (number == decoded) {
      return;
    }
    Frame frame = frames.get(number);
    byte[] bytes = new byte[frame.plainBytes()];
    try {
      byte[] packed = bytes(handle, frame.at(), frame.packedBytes());
      long size = Zstd.decompressByteArray(bytes, 0, bytes.length, packed, 0, packed.length);
      if (size != bytes.length) {
        bytes = new byte[frame.plainBytes()];
      }
    } catch (ZstdException _) {
      bytes = new byte[frame.plainBytes()];
    }
    plain = bytes;
    decoded = number;
  }

  @Override
  public long usedBytes() {
    return length;
  }

  @Override
  public void close() throws IOException {
    handle.close();
  }

  private static ByteBuffer read(RandomAccessFile handle, long at, int length) throws IOException {
    return ByteBuffer.wrap(bytes(handle, at, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(RandomAccessFile handle, long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    handle.seek(at);
    handle.readFully(bytes);
    return bytes;
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
