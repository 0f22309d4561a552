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
    return fromStart(folder, FolderHorizon.searching(folder));
  }

  /// The same for whoever wants to know how a job stands and does not rely on its facts: it does
  /// not search the space behind the last fact, tens of MB, for facts that damage hides.
  public static JournalCursor skim(Path journalFolder) throws JournalException {
    JournalFolder folder = new JournalFolder(journalFolder);
    return fromStart(folder, FolderHorizon.skimming(folder));
  }

  private static JournalCursor fromStart(JournalFolder folder, FolderHorizon horizon)
      throws JournalException {
    ChainWalker walker = ChainWalker.fromStart(folder);
    folder.requirePresent();
    return new JournalCursor(walker, horizon);
  }

  /// Goes on skimming behind a fact; empty where that fact does not lie there.
  public static Optional<JournalCursor> skimBehind(Path journalFolder, Bookmark bookmark)
      throws JournalException {
    JournalFolder folder = new JournalFolder(journalFolder);
    return Optional.ofNullable(ChainWalker.behind(folder, bookmark))
        .map(walker -> new JournalCursor(walker, FolderHorizon.skimming(folder)));
  }
}
