package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.util.Optional;

/// A format's files whose two sets lie apart. A set without rows has no file, except that a dataset
/// always has its pretrain set.
final class SetOutputs implements DatasetWriter {
  private final RowOutput pretrain;
  private final Optional<RowOutput> instruct;

  /// Starts the files of a set.
  interface Opening {
    RowOutput open(DatasetSet set) throws IOException;
  }

  SetOutputs(DatasetShape shape, Opening opening) throws IOException {
    pretrain = opening.open(DatasetSet.PRETRAIN);
    instruct =
        shape.samples() == 0 ? Optional.empty() : Optional.of(opening.open(DatasetSet.INSTRUCT));
  }

  /// Starts a shard's file.
  interface ShardOpening {
    /// Starts one.
    ///
    /// @param name of the shard without an ending, as in `pretrain-00002-of-00012`
    RowOutput open(DatasetSet set, String name) throws IOException;
  }

  /// Both sets in shards.
  static SetOutputs sharded(DatasetShape shape, long rowsPerShard, ShardOpening opening)
      throws IOException {
    return new SetOutputs(
        shape,
        set ->
            new ShardedOutput(
                new Shards(shape.rows(set), rowsPerShard),
                (label, _) -> opening.open(set, set.key() + "-" + label)));
  }

  @Override
  public void caption(CaptionRow row) throws IOException {
    pretrain.add(row);
  }

  @Override
  public void sample(SampleRow row) throws IOException {
    instruct.orElseThrow().add(row);
  }

  @Override
  public void finish() throws IOException {
    pretrain.close();
    if (instruct.isPresent()) {
      instruct.get().close();
    }
  }
}
