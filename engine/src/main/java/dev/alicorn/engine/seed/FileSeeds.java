package dev.alicorn.engine.seed;

import dev.alicorn.engine.seed.web.WebFilter;
import dev.alicorn.protocol.SeedSource.Filter;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The seeds of a file: its rows without those that its own filter and its groups leave out.
///
/// With groups the file is read twice: to find the row of each that is kept, before the first row
/// is given, and to give it.
final class FileSeeds implements SeedStream {
  private final int source;
  private final Supplier<FileRows> opener;
  private final Filter filter;
  private final Optional<String> groupBy;
  private @Nullable FileRows rows;
  private @Nullable GroupWinners winners;
  private long place = -1;

  /// @param opener opens the file at its beginning
  FileSeeds(int source, Supplier<FileRows> opener, Filter filter, Optional<String> groupBy) {
    this.source = source;
    this.opener = opener;
    this.filter = filter;
    this.groupBy = groupBy;
  }

  @Override
  public @Nullable SeedRow next() throws IOException {
    if (rows == null) {
      winners = groupBy.isPresent() ? winners() : null;
      rows = opener.get();
    }
    FileRow row = rows.next();
    if (row == null) {
      return null;
    }
    place++;
    SeedRow seed = seed(row);
    return winners == null
            || !(seed instanceof SeedRow.Seed)
            || winners.isWinner(group(row).orElseThrow(), place)
        ? seed
        : new SeedRow.LeftOut(source, row.key(), "of a group with a richer caption");
  }

  /// The first reading.
  private GroupWinners winners() throws IOException {
    GroupWinners found = new GroupWinners();
    try (FileRows all = opener.get()) {
      FileRow row = all.next();
      for (long at = 0; row != null; at++) {
        if (seed(row) instanceof SeedRow.Seed seed) {
          found.add(group(row).orElseThrow(), seed.text(), at);
        }
        row = all.next();
      }
    }
    return found;
  }

  private static Optional<String> group(FileRow row) {
    return row instanceof FileRow.Caption caption ? caption.group() : Optional.empty();
  }

  /// What a row is by itself.
  private SeedRow seed(FileRow row) {
    return switch (row) {
      case FileRow.Broken(String key, String reason) -> new SeedRow.Refused(source, key, reason);
      case FileRow.Caption(String key, String raw, Optional<String> group) -> {
        String text = raw.strip();
        if (text.isEmpty()) {
          yield new SeedRow.Refused(source, key, "the seed is empty");
        }
        if (text.length() > SeedReader.SEED_CHARS_MAX) {
          yield new SeedRow.Refused(
              source,
              key,
              "the seed has more than "
                  + SeedReader.SEED_CHARS_MAX
                  + " characters: "
                  + text.length());
        }
        if (groupBy.isPresent() && group.isEmpty()) {
          yield new SeedRow.Refused(
              source, key, "the row has nothing at \"" + groupBy.get() + "\"");
        }
        Optional<String> against =
            filter == Filter.WEB ? WebFilter.against(text) : Optional.empty();
        yield against.isPresent()
            ? new SeedRow.LeftOut(source, key, against.get())
            : new SeedRow.Seed(source, key, text, Optional.empty());
      }
    };
  }

  @Override
  public void close() throws IOException {
    FileRows open = rows;
    if (open != null) {
      open.close();
      rows = null;
    }
  }
}
