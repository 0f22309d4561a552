package dev.alicorn.engine.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What came of flipped bits, by where they lay.
///
/// @param violations flips that were not noticed, a sentence each
public record BitFlipTally(Map<Region, Counts> regions, List<String> violations) {
  public static final BitFlipTally NONE = new BitFlipTally(Map.of(), List.of());

  /// What a flipped bit is part of.
  public enum Region {
    LENGTH_WORD,
    ENVELOPE,
    PAYLOAD,
    CHRONICLE_DOCUMENT,
    MARKER
  }

  /// What became of flips, by how they were noticed.
  ///
  /// @param corrupt flips that were called corrupt
  /// @param torn flips in what was not durable, reported as a torn tail
  /// @param harmless flips after which every fact was read as it was
  /// @param undetected flips that changed or hid a fact without a word
  public record Counts(long corrupt, long torn, long harmless, long undetected) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    public long flips() {
      return corrupt + torn + harmless + undetected;
    }

    public Counts plus(Counts other) {
      return new Counts(
          corrupt + other.corrupt,
          torn + other.torn,
          harmless + other.harmless,
          undetected + other.undetected);
    }
  }

  public BitFlipTally {
    regions = Map.copyOf(regions);
    violations = List.copyOf(violations);
  }

  public BitFlipTally plus(BitFlipTally other) {
    Map<Region, Counts> sum = new EnumMap<>(Region.class);
    sum.putAll(regions);
    other.regions.forEach((region, counts) -> sum.merge(region, counts, Counts::plus));
    List<String> all = new ArrayList<>(violations);
    all.addAll(other.violations);
    return new BitFlipTally(sum, all);
  }

  public Counts of(Region region) {
    return regions.getOrDefault(region, Counts.NONE);
  }

  public Counts total() {
    return regions.values().stream().reduce(Counts.NONE, Counts::plus);
  }
}
