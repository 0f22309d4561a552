package dev.alicorn.gpuworker.tensorrt;

/// The one shape in which captions of some lengths are run: `rows` of them, each padded to
/// `tokens`.
public record Bucket(int tokens, int rows) {
  public Bucket {
    if (tokens < 1 || rows < 1) {
      throw new IllegalArgumentException(tokens + " tokens, " + rows + " rows");
    }
  }

  /// Elements of one input, padding counted.
  int elements() {
    return tokens * rows;
  }

  @Override
  public String toString() {
    return rows + "x" + tokens;
  }
}
