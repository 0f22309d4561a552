package dev.alicorn.engine.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The trainer format's embeddings without its conversations, for measuring them.
public record EmbeddingsAlone() implements DatasetFormat {

  /// Starts a dataset that has nothing else.
  public static DatasetFolder create(Path target, DatasetFacts facts)
      throws DatasetException, IOException {
    return DatasetFolder.create(target, facts, List.of(new EmbeddingsAlone()));
  }

  @Override
  public String name() {
    return "embeddings";
  }

  @Override
  public boolean needsVectors() {
    return true;
  }

  @Override
  public DatasetWriter open(DatasetFiles files, DatasetShape shape) throws IOException {
    RowOutput embeddings = TrainerFormat.embeddings(files, shape, Shards.ROWS_PER_SHARD);
    return new DatasetWriter() {
      @Override
      public void caption(CaptionRow row) throws IOException {
        embeddings.add(row);
      }

      @Override
      public void sample(SampleRow row) {
        throw new AssertionError("embeddings are of captions");
      }

      @Override
      public void finish() throws IOException {
        embeddings.close();
      }
    };
  }

  @Override
  public Optional<String> hubFiles(DatasetSet set) {
    return Optional.empty();
  }

  @Override
  public String usage() {
    return "`trainer/embeddings/*.pkl`: the vectors alone.";
  }
}
