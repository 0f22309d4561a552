package dev.alicorn.gpuworker.model;

/// A listener to a fetch; called often, from the thread that fetches.
public interface Progress {
  /// A listener that does not care.
  Progress NONE = (_, _, _) -> {};

  /// Says how far the fetch is.
  ///
  /// @param totalBytes size of the finished file; what pip moves is a little less
  /// @param what the step in a few words
  void update(long doneBytes, long totalBytes, String what);
}
