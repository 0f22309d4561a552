package dev.alicorn.engine.dataset.read;

import java.util.List;
import java.util.Optional;

/// A row of a dataset as it was read, whatever is in its texts.
///
/// @param caption empty where the format has none
/// @param conversation empty where the format has captions alone
public record Row(
    Place place, String id, Optional<String> caption, List<Spoken> conversation, Origin origin)
    implements ReadRow {
  public Row {
    conversation = List.copyOf(conversation);
  }
}
