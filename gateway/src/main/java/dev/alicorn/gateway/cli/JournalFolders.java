package dev.alicorn.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where a journal lies, by what users name: its folder, or its job's.
final class JournalFolders {
  private JournalFolders() {}

  static Path journal(Path named) {
    return Files.isDirectory(named.resolve("journal")) ? named.resolve("journal") : named;
  }
}
