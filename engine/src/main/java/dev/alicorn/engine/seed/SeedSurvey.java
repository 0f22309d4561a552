package dev.alicorn.engine.seed;

import dev.alicorn.protocol.SeedSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a job's sources give: rows by source and by what becomes of them, and a sample of the
/// seeds.
///
/// @param sources in the spec's order
/// @param sample spread evenly over the seeds, in their order
public record SeedSurvey(List<Source> sources, List<SeedRow.Seed> sample) {
  public SeedSurvey {
    sources = List.copyOf(sources);
    sample = List.copyOf(sample);
  }

  /// One source.
  ///
  /// @param refused rows that are no seeds, by reason
  /// @param leftOut rows that the job does not want, by reason
  public record Source(
      String label, long seeds, SortedMap<String, Long> refused, SortedMap<String, Long> leftOut) {
    public Source {
      refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
      leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    }

    /// Rows that were read.
    public long rows() {
      return seeds + refusedRows() + leftOutRows();
    }

    public long refusedRows() {
      return sum(refused);
    }

    public long leftOutRows() {
      return sum(leftOut);
    }

    private static long sum(SortedMap<String, Long> counts) {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  public long seeds() {
    return sources.stream().mapToLong(Source::seeds).sum();
  }

  /// Reads the sources to their end.
  ///
  /// @param baseFolder what relative file names are relative to
  /// @param sampleMax the most seeds of the sample
  /// @param randomSeed from which the sample follows
  /// @throws SeedException when a source cannot be read
  public static SeedSurvey of(
      List<SeedSource> sources, Path baseFolder, int sampleMax, long randomSeed)
      throws IOException {
    long[] seeds = new long[sources.size()];
    List<SortedMap<String, Long>> refused = new ArrayList<>();
    List<SortedMap<String, Long>> leftOut = new ArrayList<>();
    sources.forEach(_ -> refused.add(new TreeMap<>()));
    sources.forEach(_ -> leftOut.add(new TreeMap<>()));
    SpreadSample<SeedRow.Seed> sample = new SpreadSample<>(sampleMax, randomSeed);
    try (SeedReader rows = new SeedReader(sources, baseFolder)) {
      while (rows.hasNext()) {
        switch (rows.next()) {
          case SeedRow.Seed seed -> {
            seeds[seed.source()]++;
            sample.add(seed);
          }
          case SeedRow.Refused row -> refused.get(row.source()).merge(row.kind(), 1L, Long::sum);
          case SeedRow.LeftOut row -> leftOut.get(row.source()).merge(row.reason(), 1L, Long::sum);
        }
      }
    }
    List<Source> counted = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      counted.add(new Source(sources.get(i).label(), seeds[i], refused.get(i), leftOut.get(i)));
    }
    return new SeedSurvey(counted, sample.items());
  }
}
