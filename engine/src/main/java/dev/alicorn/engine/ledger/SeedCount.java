package dev.alicorn.engine.ledger;

import dev.alicorn.engine.seed.SeedReader;
import dev.alicorn.engine.seed.SeedRow;
import dev.alicorn.protocol.SeedSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The seeds of a job, counted.
///
/// @param sources in the spec's order
/// @param tokens of all seeds together, as [TokenEstimate] estimates them
public record SeedCount(List<Source> sources, long tokens) {
  public SeedCount {
    sources = List.copyOf(sources);
  }

  /// One source.
  ///
  /// @param refused rows that are no seeds
  /// @param leftOut rows that the job does not want
  public record Source(String label, long seeds, long refused, long leftOut) {}

  /// Counts what the sources give, by reading them to their end.
  ///
  /// @param baseFolder what relative file names are relative to
  /// @throws dev.alicorn.engine.seed.SeedException when a source cannot be read
  public static SeedCount of(List<SeedSource> sources, Path baseFolder) throws IOException {
    long[] seeds = new long[sources.size()];
    long[] refused = new long[sources.size()];
    long[] leftOut = new long[sources.size()];
    long tokens = 0;
    try (SeedReader rows = new SeedReader(sources, baseFolder)) {
      while (rows.hasNext()) {
        switch (rows.next()) {
          case SeedRow.Seed seed -> {
            seeds[seed.source()]++;
            tokens += TokenEstimate.of(seed.text());
          }
          case SeedRow.Refused row -> refused[row.source()]++;
          case SeedRow.LeftOut row -> leftOut[row.source()]++;
        }
      }
    }
    List<Source> counted = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      counted.add(new Source(sources.get(i).label(), seeds[i], refused[i], leftOut[i]));
    }
    return new SeedCount(counted, tokens);
  }

  public long seeds() {
    return sources.stream().mapToLong(Source::seeds).sum();
  }
}
