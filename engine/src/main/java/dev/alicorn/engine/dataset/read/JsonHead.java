package dev.alicorn.engine.dataset.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.dataset.DatasetSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The first rows of a JSON array or of JSON lines, to see what the file is where its name does not
/// say.
final class JsonHead {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS_MAX = 100;
  private static final int BYTES_MAX = 1 << 20;

  private final List<JsonNode> rows;

  private JsonHead(List<JsonNode> rows) {
    this.rows = rows;
  }

  static JsonHead of(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = JSON.createParser(in.readNBytes(BYTES_MAX))) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY) {
        token = parser.nextToken();
      }
      while (token == JsonToken.START_OBJECT && rows.size() < ROWS_MAX) {
        rows.add(JSON.readTree(parser));
        token = parser.nextToken();
      }
    } catch (JsonProcessingException _) {
      // The head ends within a row, or whoever reads the file says where it breaks off.
    }
    return new JsonHead(rows);
  }

  /// Whether there are conversations.
  boolean hasRows() {
    return rows.stream().anyMatch(row -> row.has("conversations"));
  }

  /// The pretrain set where every row has two turns, the second the row's caption; else the
  /// instruct set.
  DatasetSet set() {
    boolean captions =
        !rows.isEmpty()
            && rows.stream()
                .allMatch(row -> {
                  JsonNode turns = row.path("conversations");
                  return turns.size() == 2
                      && (!row.has("caption")
                          || row.get("caption").equals(turns.get(1).path("value")));
                });
    return captions ? DatasetSet.PRETRAIN : DatasetSet.INSTRUCT;
  }
}
