package dev.alicorn.engine.journal;

import java.nio.file.Path;

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
}
