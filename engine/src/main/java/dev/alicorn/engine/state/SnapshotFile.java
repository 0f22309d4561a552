package dev.alicorn.engine.state;

import dev.alicorn.protocol.ContentHash;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// The file of a job's snapshot: `snapshot` in the job's folder.
///
/// Eight bytes of name and version, the snapshot, and the SHA-256 of all that. It is replaced by a
/// rename. One that is missing, damaged, half-written or of another version is as good as none.
public final class SnapshotFile {
  private static final byte[] MAGIC = {'A', 'L', 'I', 'S', 'N', 'A', 'P', '2'};
  private static final int HASH_BYTES = 32;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;

  /// @param jobFolder the job's own folder, beside its journal
  public SnapshotFile(Path jobFolder) {
    this.file = jobFolder.resolve("snapshot");
  }

  /// The snapshot that the file holds, where it is whole.
  public Optional<Snapshot> read() throws IOException {
    try {
      if (!isWhole()) {
        return Optional.empty();
      }
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
        in.skipNBytes(MAGIC.length);
        return Optional.of(SnapshotCodec.read(in));
      }
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /// Puts a snapshot in the place of the one before.
  public void write(Snapshot snapshot) throws IOException {
    Path fresh = file.resolveSibling("snapshot.tmp");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      MessageDigest digest = ContentHash.sha256();
      OutputStream plain = Channels.newOutputStream(channel);
      DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(new DigestOutputStream(plain, digest), BUFFER_BYTES));
      out.write(MAGIC);
      SnapshotCodec.write(snapshot, out);
      out.flush();
      plain.write(digest.digest());
      channel.force(true);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  private boolean isWhole() throws IOException {
    MessageDigest digest = ContentHash.sha256();
    try (InputStream in = Files.newInputStream(file)) {
      long left = Files.size(file) - HASH_BYTES;
      byte[] chunk = in.readNBytes(MAGIC.length);
      boolean named = Arrays.equals(chunk, MAGIC);
      while (named && left > chunk.length) {
        digest.update(chunk);
        left -= chunk.length;
        chunk = in.readNBytes((int) Math.min(left, BUFFER_BYTES));
        named = chunk.length > 0;
      }
      digest.update(chunk);
      return named && Arrays.equals(in.readNBytes(HASH_BYTES), digest.digest());
    }
  }
}
