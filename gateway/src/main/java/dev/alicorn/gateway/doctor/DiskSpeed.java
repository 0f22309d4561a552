package dev.alicorn.gateway.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/// How fast a disk takes bytes and how fast it makes them last.
///
/// @param writtenBytesPerSecond in one stream, the sync at its end counted
/// @param syncMedian of syncs with a page written before each
record DiskSpeed(double writtenBytesPerSecond, Duration syncMedian) {
  /// What a measurement writes; 64 MB, and a page a sync.
  static final long BYTES = 64L << 20;

  private static final int CHUNK_BYTES = 1 << 20;
  private static final int PAGE_BYTES = 1 << 12;
  private static final int SYNCS = 20;
  private static final double NANOS_PER_SECOND = 1e9;

  /// Writes to a file, and leaves it as it is then.
  static DiskSpeed of(FileChannel file) throws IOException {
    // Bytes that no file system can compress.
    byte[] noise = new byte[CHUNK_BYTES];
    new Random(1).nextBytes(noise);
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).put(noise).flip();
    long start = System.nanoTime();
    for (long written = 0; written < BYTES; written += CHUNK_BYTES) {
      write(file, chunk);
    }
    file.force(false);
    double rate = BYTES * NANOS_PER_SECOND / (System.nanoTime() - start);
    chunk.limit(PAGE_BYTES);
    long[] syncNanos = new long[SYNCS];
    for (int i = 0; i < SYNCS; i++) {
      long before = System.nanoTime();
      write(file, chunk);
      file.force(false);
      syncNanos[i] = System.nanoTime() - before;
    }
    Arrays.sort(syncNanos);
    return new DiskSpeed(
        rate, Duration.ofNanos((syncNanos[SYNCS / 2 - 1] + syncNanos[SYNCS / 2]) / 2));
  }

  private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
    bytes.rewind();
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }
}
