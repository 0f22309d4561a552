package dev.alicorn.engine.scripted;

import java.util.Optional;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitch;
import org.apache.pekko.util.ByteString;

/// The connection that a request came by, as faults treat it.
///
/// @param raw what is written to it past the HTTP layer; absent for an instant endpoint
record Connection(KillSwitch life, Optional<BoundedSourceQueue<ByteString>> raw) {

  /// Ends it in order.
  void end() {
    life.shutdown();
  }

  /// Ends it with a reset.
  void reset() {
    life.abort(new IllegalStateException("scripted"));
  }

  void write(byte[] bytes) {
    raw.orElseThrow().offer(ByteString.fromArray(bytes));
  }
}
