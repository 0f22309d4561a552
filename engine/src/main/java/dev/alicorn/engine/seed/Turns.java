package dev.alicorn.engine.seed;

import dev.alicorn.protocol.SeedSource;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Which source gives the next seed.
///
/// Where no source has a weight they are read one after the other. Else they take turns by smooth
/// weighted round robin, a source without a weight having 1: at each turn every source that has
/// seeds left gains its weight in credit, the richest one, among equals the first, gives a seed and
/// pays the sum of those weights. Every stretch of the seeds is thus shared in proportion.
final class Turns {
  /// By source, 0 where it is used up; null where none has a weight.
  private final int @Nullable [] weights;

  private final boolean[] usedUp;
  private final long[] credit;
  private int current = -1;

  Turns(List<SeedSource> sources) {
    boolean weighted = sources.stream().anyMatch(source -> source.share().weight().isPresent());
    this.weights =
        weighted
            ? sources.stream().mapToInt(source -> source.share().weight().orElse(1)).toArray()
            : null;
    this.usedUp = new boolean[sources.size()];
    this.credit = new long[sources.size()];
  }

  /// The source whose turn it is, until it has given a seed or is used up; empty when all are.
  OptionalInt current() {
    if (current < 0) {
      current = weights == null ? first() : richest(weights);
    }
    return current < 0 ? OptionalInt.empty() : OptionalInt.of(current);
  }

  private int first() {
    for (int i = 0; i < usedUp.length; i++) {
      if (!usedUp[i]) {
        return i;
      }
    }
    return -1;
  }

  private int richest(int[] of) {
    int richest = -1;
    long sum = 0;
    for (int i = 0; i < usedUp.length; i++) {
      if (!usedUp[i]) {
        credit[i] += of[i];
        sum += of[i];
        richest = richest < 0 || credit[i] > credit[richest] ? i : richest;
      }
    }
    if (richest >= 0) {
      credit[richest] -= sum;
    }
    return richest;
  }

  /// The current source gave a seed.
  void given() {
    current = -1;
  }

  /// The current source gives no more.
  void usedUp() {
    usedUp[current] = true;
    current = -1;
  }
}
