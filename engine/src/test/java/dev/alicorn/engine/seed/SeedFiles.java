package dev.alicorn.engine.seed;

import dev.alicorn.protocol.SeedSource;
import dev.alicorn.protocol.SeedSource.Filter;
import dev.alicorn.protocol.SeedSource.Format;
import dev.alicorn.protocol.SeedSource.Share;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Seed sources and what they give, for tests.
final class SeedFiles {
  /// What the script beside them made with libraries that are not ours.
  static final Path MADE = made();

  private SeedFiles() {}

  private static Path made() {
    try {
      return Path.of(Objects.requireNonNull(SeedFiles.class.getResource("/seeds")).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static SeedSource.File file(String name) {
    return new SeedSource.File(name, Optional.empty(), Optional.empty());
  }

  static SeedSource.File file(String name, String field) {
    return new SeedSource.File(name, Optional.of(field), Optional.empty());
  }

  static SeedSource.File grouped(String name, String field, String groupBy) {
    return new SeedSource.File(name, Optional.of(field), Optional.of(groupBy));
  }

  static SeedSource.File as(Format format, SeedSource.File file) {
    return new SeedSource.File(
        file.file(), format, file.field(), file.groupBy(), file.filter(), file.share());
  }

  static SeedSource.File filtered(SeedSource.File file) {
    return new SeedSource.File(
        file.file(), file.format(), file.field(), file.groupBy(), Filter.WEB, file.share());
  }

  static SeedSource.File weighing(int weight, SeedSource.File file) {
    return shared(file, new Share(OptionalInt.of(weight), file.share().limit()));
  }

  static SeedSource.File limited(long limit, SeedSource.File file) {
    return shared(file, new Share(file.share().weight(), OptionalLong.of(limit)));
  }

  private static SeedSource.File shared(SeedSource.File file, Share share) {
    return new SeedSource.File(
        file.file(), file.format(), file.field(), file.groupBy(), file.filter(), share);
  }

  static List<SeedRow> rows(Path folder, SeedSource... sources) throws IOException {
    List<SeedRow> rows = new ArrayList<>();
    try (SeedReader reader = new SeedReader(List.of(sources), folder)) {
      reader.forEachRemaining(rows::add);
    }
    return rows;
  }

  static List<String> texts(Path folder, SeedSource... sources) throws IOException {
    return rows(folder, sources).stream()
        .filter(SeedRow.Seed.class::isInstance)
        .map(row -> ((SeedRow.Seed) row).text())
        .toList();
  }

  /// Each row as its key and what became of it.
  static List<String> told(Path folder, SeedSource... sources) throws IOException {
    return rows(folder, sources).stream()
        .map(row ->
            row.key()
                + " "
                + switch (row) {
                  case SeedRow.Seed seed -> seed.text();
                  case SeedRow.Refused refused -> "refused: " + refused.reason();
                  case SeedRow.LeftOut leftOut -> "left out: " + leftOut.reason();
                })
        .toList();
  }
}
