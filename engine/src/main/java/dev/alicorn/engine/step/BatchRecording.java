package dev.alicorn.engine.step;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A batch of captions at the encoder, for JDK Flight Recorder: from when it was sent to its
/// vectors.
@Name("dev.alicorn.EncodeBatch")
@Label("Encoder batch")
@Category("Alicorn")
@StackTrace(false)
final class BatchRecording extends Event {
  @Label("Captions")
  int captions;

  BatchRecording(int captions) {
    this.captions = captions;
  }
}
