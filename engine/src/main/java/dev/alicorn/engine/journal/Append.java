package dev.alicorn.engine.journal;

import dev.alicorn.protocol.JournalEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// An event on its way into the journal, with the promise that waits for it.
final class Append {
  final JournalEvent event;
  final byte typeCode;
  final byte[] payload;
  final CompletableFuture<JournalEntry> promise = new CompletableFuture<>();

  /// Set by the writer once the event stands in a file.
  @Nullable JournalEntry entry;

  Append(JournalEvent event, byte typeCode, byte[] payload) {
    this.event = event;
    this.typeCode = typeCode;
    this.payload = payload;
  }
}
