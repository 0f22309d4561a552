package dev.alicorn.engine.step;

import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.protocol.JournalEvent.CallEvent;
import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.Stage;
import java.util.List;
import java.util.Optional;

/// What a step wants of an LLM for one record.
///
/// @param <V> the verdict that ends it
interface Question<V> {
  RecordId record();

  Stage stage();

  /// What the facts of this record and stage amount to, in the order of their seq.
  V judge(List<CallEvent> facts);

  /// What the verdict leaves to be asked; empty when it is settled.
  Optional<Owed> owed(V verdict);

  /// The call that an ask makes.
  ///
  /// @param complaint what was wrong with the answer to the ask before
  ChatRequest request(int ask, Optional<String> complaint);

  /// A call that is still to be made.
  ///
  /// @param attempts how many were made at this ask already
  record Owed(int ask, int attempts, Optional<String> complaint) {}
}
