package dev.alicorn.gateway.wiring;

import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.job.StoredJob;
import dev.alicorn.engine.journal.JournalException;
import dev.alicorn.protocol.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The jobs of a data folder: `jobs/{id}/journal` and `jobs/{id}/datasets`.
///
/// @param root the data folder, which need not exist yet
public record JobFolders(Path root) {
  private static final String ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int ID_RANDOM_CHARS = 6;
  private static final int ID_NAME_CHARS_MAX = 40;
  private static final SecureRandom RANDOM = new SecureRandom();

  public Path folder(JobId id) {
    return root.resolve("jobs").resolve(id.value());
  }

  public Path datasets(JobId id) {
    return folder(id).resolve("datasets");
  }

  /// The ids of all jobs in the order of their names, whatever state their journals are in.
  public List<JobId> ids() {
    Path jobs = root.resolve("jobs");
    if (!Files.isDirectory(jobs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(jobs)) {
      return folders
          .filter(path -> Files.isDirectory(path.resolve("journal")))
          .flatMap(JobFolders::id)
          .sorted(Comparator.comparing(JobId::value))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JobId> id(Path folder) {
    try {
      return Stream.of(new JobId(folder.getFileName().toString()));
    } catch (IllegalArgumentException _) {
      return Stream.empty();
    }
  }

  /// All jobs, the newest first.
  ///
  /// @param unreadable told of each folder whose journal cannot be read, in a sentence
  public List<StoredJob> all(Consumer<String> unreadable) {
    Path jobs = root.resolve("jobs");
    if (!Files.isDirectory(jobs)) {
      return List.of();
    }
    List<StoredJob> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(jobs)) {
      for (Path folder :
          folders.filter(path -> Files.isDirectory(path.resolve("journal"))).toList()) {
        try {
          StoredJob.read(folder).ifPresent(found::add);
        } catch (JournalException | ConfigException e) {
          unreadable.accept("job " + folder.getFileName() + " is left out: " + e.getMessage());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(Comparator.comparing(StoredJob::createdAt).reversed());
    return found;
  }

  /// An id that no job of the folder has: the job's name, as far as an id can hold it, and some
  /// random letters.
  public JobId newId(String name) {
    String stem =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String prefix =
        stem.isEmpty() ? "job" : stem.substring(0, Math.min(stem.length(), ID_NAME_CHARS_MAX));
    while (true) {
      StringBuilder id = new StringBuilder(prefix).append('-');
      for (int i = 0; i < ID_RANDOM_CHARS; i++) {
        id.append(ID_LETTERS.charAt(RANDOM.nextInt(ID_LETTERS.length())));
      }
      JobId candidate = new JobId(id.toString());
      if (Files.notExists(folder(candidate))) {
        return candidate;
      }
    }
  }
}
