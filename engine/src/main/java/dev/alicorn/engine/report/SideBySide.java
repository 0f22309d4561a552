package dev.alicorn.engine.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Rows that are looked at some hundred at a time on as many threads as there are, and handed on in
/// their order.
final class SideBySide<T, L> implements AutoCloseable {
  private static final int ROWS_MAX = 512;

  private final Function<T, L> look;
  private final Consumer<L> sink;
  private final List<T> waiting = new ArrayList<>();

  SideBySide(Function<T, L> look, Consumer<L> sink) {
    this.look = look;
    this.sink = sink;
  }

  void add(T row) {
    waiting.add(row);
    if (waiting.size() == ROWS_MAX) {
      close();
    }
  }

  /// Hands on what waits.
  @Override
  public void close() {
    List<L> looks = waiting.parallelStream().map(look).toList();
    waiting.clear();
    looks.forEach(sink);
  }
}
