package dev.alicorn.engine.dataset;

import java.io.IOException;

/// A format's files in the making.
///
/// Captions and samples come interleaved, each in record order, as many as the shape says and with
/// vectors as it says. Whoever made the [DatasetFiles] closes what a writer leaves open when it is
/// abandoned.
public interface DatasetWriter {
  void caption(CaptionRow row) throws IOException;

  void sample(SampleRow row) throws IOException;

  /// Completes and closes every file, after the last row.
  void finish() throws IOException;
}
