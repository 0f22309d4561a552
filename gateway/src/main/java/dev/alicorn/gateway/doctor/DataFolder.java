package dev.alicorn.gateway.doctor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/// The folder of jobs, which need not be there yet.
record DataFolder(Path path) {
  DataFolder {
    path = path.toAbsolutePath().normalize();
  }

  /// The folder itself, or the one that it will be made in; may turn out to be a file.
  Path existing() {
    Path folder = path;
    while (Files.notExists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }

  /// A file in the existing folder, of no name that lasts: whatever ends the process, nothing is
  /// left of it.
  FileChannel scratch() throws IOException {
    return FileChannel.open(
        existing()
            .resolve(".alicorn-doctor-" + Long.toHexString(ThreadLocalRandom.current().nextLong())),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /// Why the folder is of no use, in a few words.
  static String reason(IOException failure) {
    return failure instanceof FileSystemException known
        ? Objects.requireNonNullElse(known.getReason(), known.getClass().getSimpleName())
        : String.valueOf(failure.getMessage());
  }
}
