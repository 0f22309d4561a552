package dev.alicorn.gateway.daemon;

import dev.alicorn.gateway.wiring.JobFolders;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The Idempotency-Keys that jobs were submitted with: the SHA-256 of each lies in the folder of
/// its job, durably before the job's first fact.
///
/// A key can be there without its job, where a kill came between them. Not for use by several
/// threads.
final class IdempotencyKeys {
  private static final String FILE = "idempotency-key";

  private final JobFolders folders;
  private final Map<ContentHash, JobId> known = new HashMap<>();

  private IdempotencyKeys(JobFolders folders) {
    this.folders = folders;
  }

  static IdempotencyKeys of(JobFolders folders) throws IOException {
    IdempotencyKeys keys = new IdempotencyKeys(folders);
    for (JobId id : folders.ids()) {
      Path file = folders.folder(id).resolve(FILE);
      if (Files.exists(file)) {
        keys.known.put(new ContentHash(Files.readString(file).strip()), id);
      }
    }
    return keys;
  }

  Optional<JobId> find(String key) {
    return Optional.ofNullable(known.get(ContentHash.of(key)));
  }

  void put(String key, JobId id) throws IOException {
    ContentHash hash = ContentHash.of(key);
    Files.createDirectories(folders.folder(id));
    SyncedFile.write(folders.folder(id).resolve(FILE), hash.hex(), StandardOpenOption.CREATE_NEW);
    known.put(hash, id);
  }
}
