package dev.alicorn.gateway.daemon;

import dev.alicorn.engine.records.SettledRecord;
import java.util.List;

/// Records of a job, the newest first.
///
/// @param newest whether these are the newest that it has; otherwise they are of the first facts of
///   its journal
public record RecordsView(List<SettledRecord> records, boolean newest) {
  public RecordsView {
    records = List.copyOf(records);
  }
}
