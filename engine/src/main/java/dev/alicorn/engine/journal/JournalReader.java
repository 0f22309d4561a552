package dev.alicorn.engine.journal;

import java.nio.file.Path;
import java.util.Optional;

/// Reading a journal that another process may be writing, or that a crash left: no lock, no write,
/// to the last barrier that can be known from outside.
public final class JournalReader {
  private JournalReader() {}

  /// A cursor from the first fact on.
  public static JournalCursor open(Path journalFolder) throws JournalException {
    JournalFolder folder = new JournalFolder(journalFolder);
    ChainWalker walker = ChainWalker.fromStart(folder);
    folder.requirePresent();
    return new JournalCursor(walker, new FolderHorizon(folder));
  }

  /// A cursor that goes on behind a fact; empty where that fact does not lie there.
  public static Optional<JournalCursor> openBehind(Path journalFolder, Bookmark bookmark)
      throws JournalException {
    JournalFolder folder = new JournalFolder(journalFolder);
    return Optional.ofNullable(ChainWalker.behind(folder, bookmark))
        .map(walker -> new JournalCursor(walker, new FolderHorizon(folder)));
  }
}
