package dev.alicorn.engine.state;

import dev.alicorn.engine.journal.Bookmark;
import dev.alicorn.engine.ledger.Ledger;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import java.util.List;
import java.util.Map;

/// A [JobState] at one fact of its journal, so that a start has to fold only what is behind that
/// fact.
///
/// It says nothing that the journal does not say, can be deleted at any time and is made again.
///
/// @param basis what the state follows from beside the facts, as a hash: of another program or
///   another spec the same facts may come to something else
/// @param end the last fact that it covers, which was durable
public record Snapshot(ContentHash basis, Bookmark end, Content content) {

  /// What is known at that fact.
  record Content(
      JobLife life,
      Map<String, EndpointBound> endpoints,
      SeedProgress seeds,
      SeedIds seedIds,
      Tally tally,
      RecordTable table,
      Ledger.State ledger,
      Map<Ledger.Call, List<CallEvent>> unsettled) {}

  /// What a job's state follows from beside its facts. The budget is none of it.
  ///
  /// @param software that judges
  /// @param spec as JSON, without its budget
  public static ContentHash basis(String software, String spec) {
    return ContentHash.of(software + "\n" + spec);
  }

  /// How far the job's life is.
  public JobLife life() {
    return content.life();
  }

  /// What the names of endpoints were bound to.
  public Map<String, EndpointBound> endpoints() {
    return content.endpoints();
  }
}
