package dev.alicorn.engine.llm;

import java.util.ArrayList;
import java.util.List;

/// Many simulated worlds, one after the other.
///
/// @param violations what went wrong, each with the seed of its world; a few are kept
public record SimulationRun(long seeds, long events, long violationCount, List<String> violations) {
  private static final int KEPT_MAX = 20;

  /// Runs the worlds of so many seeds.
  public static SimulationRun of(long firstSeed, long seeds) {
    long events = 0;
    long count = 0;
    List<String> kept = new ArrayList<>();
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      PoolSimulation seen = new PoolSimulation(PoolWorld.of(seed), Sabotage.NONE).run();
      events += seen.eventCount;
      count += seen.broken.size();
      if (!seen.broken.isEmpty() && kept.size() < KEPT_MAX) {
        kept.add("seed " + seed + ": " + seen.broken);
      }
    }
    return new SimulationRun(seeds, events, count, kept);
  }
}
