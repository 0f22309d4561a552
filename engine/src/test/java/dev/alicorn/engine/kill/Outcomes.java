package dev.alicorn.engine.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;

/// What a dataset's manifest says became of its job's rows.
///
/// @param captions seeds that are exported, rejected, failed or parked; none may be owed
/// @param parked of these, the parked ones
record Outcomes(long captions, long parked) {
  private static final JsonMapper JSON = new JsonMapper();

  static Outcomes of(Path dataset) throws IOException {
    JsonNode captions =
        JSON.readTree(dataset.resolve("manifest.json").toFile()).at("/outcomes/captions");
    long all = 0;
    long parked = 0;
    for (var outcome : captions.properties()) {
      all += outcome.getKey().startsWith("owed") ? 0 : outcome.getValue().longValue();
      parked += outcome.getKey().startsWith("parked") ? outcome.getValue().longValue() : 0;
    }
    return new Outcomes(all, parked);
  }
}
