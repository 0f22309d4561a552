package dev.alicorn.engine.seed;

import java.util.ArrayList;
import java.util.List;

/// A sample of items that come one by one, nobody knows how many: spread evenly over all of them.
///
/// The items are cut into stretches of equal length, of each of which one is kept by the hash of
/// its place. Where stretches become too many, each two are made one.
final class SpreadSample<T> {
  private final int sizeMax;
  private final long randomSeed;
  private final List<Kept<T>> stretches = new ArrayList<>();
  private long width = 1;
  private long count;

  private record Kept<T>(T item, long hash) {
    Kept<T> or(Kept<T> other) {
      return other.hash < hash ? other : this;
    }
  }

  /// @param sizeMax the most items that are kept
  SpreadSample(int sizeMax, long randomSeed) {
    this.sizeMax = sizeMax;
    this.randomSeed = randomSeed;
  }

  void add(T item) {
    if (sizeMax == 0) {
      return;
    }
    if (count == 2L * sizeMax * width) {
      for (int i = 0; i < sizeMax; i++) {
        stretches.set(i, stretches.get(2 * i).or(stretches.get(2 * i + 1)));
      }
      stretches.subList(sizeMax, stretches.size()).clear();
      width *= 2;
    }
    Kept<T> kept = new Kept<>(item, TextHash.of(randomSeed + " " + count));
    int stretch = (int) (count / width);
    count++;
    if (stretch == stretches.size()) {
      stretches.add(kept);
    } else {
      stretches.set(stretch, stretches.get(stretch).or(kept));
    }
  }

  /// The items kept, in the order in which they came.
  List<T> items() {
    int size = Math.min(sizeMax, stretches.size());
    List<T> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.add(stretches.get((int) ((long) i * stretches.size() / size)).item());
    }
    return items;
  }
}
