package dev.alicorn.engine.dataset;

import java.io.IOException;

/// The rows of a set over its shards, of which one is open at a time.
final class ShardedOutput implements RowOutput {
  private final Shards shards;
  private final Opening opening;
  private RowOutput output;
  private int shard;
  private long inShard;

  /// Starts shards.
  interface Opening {
    /// Starts one.
    ///
    /// @param label as in `00002-of-00012`
    /// @param rows how many the shard is going to hold
    RowOutput open(String label, long rows) throws IOException;
  }

  ShardedOutput(Shards shards, Opening opening) throws IOException {
    this.shards = shards;
    this.opening = opening;
    output = opening.open(shards.label(0), shards.rowsOf(0));
  }

  @Override
  public void add(DatasetRow row) throws IOException {
    if (inShard == shards.rowsPerShard()) {
      output.close();
      shard++;
      inShard = 0;
      output = opening.open(shards.label(shard), shards.rowsOf(shard));
    }
    output.add(row);
    inShard++;
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
