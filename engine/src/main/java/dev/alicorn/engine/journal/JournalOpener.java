package dev.alicorn.engine.journal;

import java.nio.file.Path;
import java.util.Optional;

/// What opens a job's journal for writing: [JournalSettings], on this machine.
@FunctionalInterface
public interface JournalOpener {
  /// Opens a journal, or begins one, as [Journal#open] does.
  ///
  /// @param software who writes, for people
  /// @param known a fact that was durable
  Journal open(Path journalFolder, String software, Optional<Bookmark> known)
      throws JournalException;
}
