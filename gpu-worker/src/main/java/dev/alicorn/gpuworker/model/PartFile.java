package dev.alicorn.gpuworker.model;

import dev.alicorn.protocol.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/// A model file on its way: bytes under a temporary name, given the real one when they are right.
final class PartFile {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path target;
  private final Path path;
  private final ModelFile model;
  private final Progress progress;

  PartFile(Path folder, ModelFile model, Progress progress) {
    this.target = folder.resolve(model.path());
    this.path = target.resolveSibling("." + target.getFileName() + ".part");
    this.model = model;
    this.progress = progress;
  }

  /// How much of it is there.
  long bytes() throws ModelException {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  void delete() throws ModelException {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /// Appends a stream from `from` on, whatever lay beyond it; at most as many bytes as the model
  /// has.
  ///
  /// @return whether the model's size is reached
  /// @throws IOException where the stream fails; what came before is kept
  boolean append(InputStream in, long from, String what) throws IOException, ModelException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long done = from;
    try (FileChannel file = open(from)) {
      while (done < model.bytes()) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, model.bytes() - done));
        if (read < 0) {
          break;
        }
        write(file, ByteBuffer.wrap(buffer, 0, read));
        done += read;
        progress.update(done, model.bytes(), what);
      }
      force(file);
    }
    return done == model.bytes();
  }

  /// Gives the file its name where its content is right, and deletes it where it is not.
  ///
  /// @return the finished file
  Path finish() throws SourceException, ModelException {
    String sha256 = sha256(path);
    if (!sha256.equals(model.sha256().hex())) {
      delete();
      throw new SourceException("its content has SHA-256 " + sha256);
    }
    try {
      return Files.move(
          path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /// The SHA-256 of a file, in hexadecimal.
  String sha256(Path file) throws ModelException {
    MessageDigest digest = ContentHash.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long done = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        done += read;
        progress.update(
            Math.min(done, model.bytes()), model.bytes(), "checking " + target.getFileName());
      }
    } catch (IOException e) {
      throw new ModelException(
          "model %s: %s cannot be read (%s); check the disk and the file's permissions"
              .formatted(model.model(), file, e),
          e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private FileChannel open(long from) throws ModelException {
    try {
      FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return file.truncate(from).position(from);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void write(FileChannel file, ByteBuffer bytes) throws ModelException {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void force(FileChannel file) throws ModelException {
    try {
      file.force(true);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private ModelException unwritable(IOException e) {
    return new ModelException(
        "model %s: %s cannot be written (%s); make room there, or name another folder with --models"
            .formatted(model.model(), path, e),
        e);
  }
}
