package dev.alicorn.engine.report;

import dev.alicorn.engine.quality.FastHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/// A random sample without chance: the items whose ids have the lowest hashes.
///
/// Which items these are does not depend on the order they come in.
final class KeyedSample<T> {

  private record Keyed<T>(long hash, String id, T item) {
    private static final Comparator<Keyed<?>> ORDER =
        Comparator.<Keyed<?>>comparingLong(Keyed::hash).thenComparing(Keyed::id);
  }

  private final int itemsMax;
  private final PriorityQueue<Keyed<T>> items = new PriorityQueue<>(Keyed.ORDER.reversed());

  KeyedSample(int itemsMax) {
    this.itemsMax = itemsMax;
  }

  /// Offers an item, which is made only where it is taken.
  void offer(String id, Supplier<T> item) {
    long hash = FastHash.of(id);
    if (items.size() == itemsMax && hash > items.element().hash()) {
      return;
    }
    items.add(new Keyed<>(hash, id, item.get()));
    if (items.size() > itemsMax) {
      items.remove();
    }
  }

  /// The items by ascending hash.
  List<T> items() {
    List<Keyed<T>> sorted = new ArrayList<>(items);
    sorted.sort(Keyed.ORDER);
    return sorted.stream().map(Keyed::item).toList();
  }
}
