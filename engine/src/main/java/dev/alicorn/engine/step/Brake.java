package dev.alicorn.engine.step;

import dev.alicorn.protocol.JournalEvent.PauseReason;
import java.util.Optional;

/// What stops a job's steps from making further calls; calls in flight end as they would.
public interface Brake {
  /// Asks the job to pause; the first reason stays.
  void pull(PauseReason reason, String detail);

  /// The first pull, if there was one.
  Optional<Pull> pulled();

  /// Why a brake was pulled.
  record Pull(PauseReason reason, String detail) {}
}
