package dev.alicorn.engine.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.alicorn.protocol.JobSpec.Dataset.Precision;
import java.io.IOException;
import java.io.OutputStream;

/// The files, in the making, of a format that holds captions' vectors: shards
/// `FORMAT/embeddings-0000i-of-000NN.FORMAT`, a header and then the rows' bytes, and beside each
/// `FORMAT/ids-0000i-of-000NN.jsonl`, whose line i is `{"id", "caption"}` of row i. Samples are not
/// in it: their vectors are those of the captions with their ids.
final class VectorsWriter implements DatasetWriter {
  private final RowOutput captions;

  /// What comes before the vectors of a shard.
  interface Header {
    void write(OutputStream out, long rows) throws IOException;
  }

  /// @param format names the folder, and ends the names of the shards
  VectorsWriter(
      DatasetFiles files, DatasetShape shape, long rowsPerShard, String format, Header header)
      throws IOException {
    captions =
        new ShardedOutput(
            new Shards(shape.captions(), rowsPerShard),
            (label, rows) -> {
              OutputStream vectors = files.create(format + "/embeddings-" + label + "." + format);
              header.write(vectors, rows);
              return new Shard(
                  vectors,
                  shape.precision(),
                  new JsonLines(files.create(format + "/ids-" + label + ".jsonl"), Shard::name));
            });
  }

  @Override
  public void caption(CaptionRow row) throws IOException {
    captions.add(row);
  }

  @Override
  public void sample(SampleRow row) {}

  @Override
  public void finish() throws IOException {
    captions.close();
  }

  private record Shard(OutputStream vectors, Precision precision, RowOutput names)
      implements RowOutput {
    @Override
    public void add(DatasetRow row) throws IOException {
      vectors.write(VectorBytes.bytes(row.vector().orElseThrow(), precision));
      names.add(row);
    }

    @Override
    public void close() throws IOException {
      vectors.close();
      names.close();
    }

    static void name(JsonGenerator json, DatasetRow row) throws IOException {
      json.writeStartObject();
      json.writeStringField("id", row.id().toString());
      json.writeStringField("caption", row.caption());
      json.writeEndObject();
    }
  }
}
