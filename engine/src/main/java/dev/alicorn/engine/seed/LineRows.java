package dev.alicorn.engine.seed;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows that are a line each; blank lines are none.
record LineRows(SeedLines lines, Parser parser) implements FileRows {
  /// What makes a row of a line.
  @FunctionalInterface
  interface Parser {
    FileRow row(String key, String line) throws IOException;
  }

  /// Lines that are captions.
  static LineRows ofText(SeedLines lines) {
    return new LineRows(lines, (key, line) -> new FileRow.Caption(key, line, Optional.empty()));
  }

  @Override
  public @Nullable FileRow next() throws IOException {
    while (true) {
      switch (lines.next()) {
        case null -> {
          return null;
        }
        case SeedLines.Line.Broken(long number, String reason) -> {
          return new FileRow.Broken(Long.toString(number), reason);
        }
        case SeedLines.Line.Text(long number, String text) -> {
          if (!text.isBlank()) {
            return parser.row(Long.toString(number), text);
          }
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
