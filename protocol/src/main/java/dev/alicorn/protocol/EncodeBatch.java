package dev.alicorn.protocol;

import java.util.List;

/// Captions on their way to an encoder worker.
public record EncodeBatch(List<Item> items) {
  public EncodeBatch {
    items = List.copyOf(items);
  }

  /// One caption.
  public record Item(RecordId record, String text) {}
}
