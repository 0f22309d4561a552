package dev.alicorn.engine.dataset;

import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/// A file of a dataset in the making: buffered, digested as it is written, synced as it is closed.
public final class DatasetFile extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final DatasetFiles owner;
  private final String path;
  private final FileChannel channel;
  private final MessageDigest digest = ContentHash.sha256();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private long flushed;
  private boolean closed;

  DatasetFile(DatasetFiles owner, String path, Path file) throws IOException {
    this.owner = owner;
    this.path = path;
    channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  /// Bytes written so far.
  public long position() {
    return flushed + buffered;
  }

  @Override
  public void write(int value) throws IOException {
    if (buffered == buffer.length) {
      drain();
    }
    buffer[buffered++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.length - buffered) {
      drain();
    }
    if (length > buffer.length) {
      drain(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, buffer, buffered, length);
      buffered += length;
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    drain();
    channel.force(true);
    channel.close();
    closed = true;
    owner.closed(
        this,
        new ManifestFile(
            path, flushed, new ContentHash(HexFormat.of().formatHex(digest.digest()))));
  }

  void abandon() throws IOException {
    closed = true;
    channel.close();
  }

  private void drain() throws IOException {
    int length = buffered;
    buffered = 0;
    drain(buffer, 0, length);
  }

  private void drain(byte[] bytes, int offset, int length) throws IOException {
    digest.update(bytes, offset, length);
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    flushed += length;
  }
}
