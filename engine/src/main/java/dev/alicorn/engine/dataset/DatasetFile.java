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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// A file of a dataset in the making: buffered, digested as it is written, synced as it is closed.
///
/// The disk need not wait for the close: each [#SYNC_BYTES] are synced while the next are written.
public final class DatasetFile extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final long SYNC_BYTES = 32 << 20;

  private final DatasetFiles owner;
  private final String path;
  private final FileChannel channel;
  private final MessageDigest digest = ContentHash.sha256();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private long flushed;
  private long syncBegun;
  private Future<?> sync = CompletableFuture.completedFuture(null);
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
    int done = 0;
    while (done < length) {
      if (buffered == buffer.length) {
        drain();
      }
      int count = Math.min(length - done, buffer.length - buffered);
      System.arraycopy(bytes, offset + done, buffer, buffered, count);
      buffered += count;
      done += count;
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    drain();
    awaitSync();
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
    digest.update(buffer, 0, buffered);
    ByteBuffer rest = ByteBuffer.wrap(buffer, 0, buffered);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    flushed += buffered;
    buffered = 0;
    if (flushed - syncBegun >= SYNC_BYTES) {
      awaitSync();
      beginSync();
    }
  }

  private void beginSync() {
    FutureTask<?> next =
        new FutureTask<>(() -> {
          channel.force(false);
          return null;
        });
    Thread.ofPlatform().daemon().name("alicorn-sync").start(next);
    sync = next;
    syncBegun = flushed;
  }

  private void awaitSync() throws IOException {
    Awaited.result(sync, "the dataset's writing");
  }
}
