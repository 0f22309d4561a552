package dev.alicorn.gpuworker.tensorrt;

import java.util.function.BiConsumer;
import org.bytedeco.tensorrt.nvinfer.ILogger;

/// What TensorRT says, on threads of its own; it remembers the last error, since calls tell no more
/// than that they failed.
///
/// It is held by whoever made TensorRT's objects, which call it as long as they live.
final class TensorRtLog extends ILogger {
  private final BiConsumer<Severity, String> sink;
  private volatile String lastError = "";

  TensorRtLog(BiConsumer<Severity, String> sink) {
    this.sink = sink;
  }

  @Override
  public void log(Severity severity, String message) {
    Severity level = severity.intern();
    if (level == Severity.kINTERNAL_ERROR || level == Severity.kERROR) {
      lastError = message;
    }
    sink.accept(level, message);
  }

  /// The last error; empty where there was none.
  String lastError() {
    return lastError;
  }
}
