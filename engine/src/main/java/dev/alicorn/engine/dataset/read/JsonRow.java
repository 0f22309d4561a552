package dev.alicorn.engine.dataset.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.format.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A row in the shape of LLaVA's data: `{"id", "caption", "conversations": [{"from", "value"},
/// …]}`, of which a caption may be missing.
final class JsonRow {
  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final String SHAPE =
      "the row is no object with a list of conversations; write {\"id\", \"caption\","
          + " \"conversations\"}";

  private JsonRow() {}

  static ReadRow of(JsonNode row, Place place) {
    return of(row, place, "");
  }

  /// @param key stands for an id that is missing, unless it is empty
  static ReadRow of(JsonNode row, Place place, String key) {
    String id = row.path("id").asText(key);
    JsonNode conversations = row.path("conversations");
    if (!conversations.isArray() || conversations.isEmpty()) {
      return new Flaw(place, id, Fault.MALFORMED_ROW, SHAPE);
    }
    List<Spoken> turns = new ArrayList<>();
    for (JsonNode turn : conversations) {
      if (!turn.path("from").isTextual() || !turn.path("value").isTextual()) {
        return new Flaw(
            place,
            id,
            Fault.MALFORMED_ROW,
            "turn " + (turns.size() + 1) + " is no {\"from\", \"value\"} of two texts");
      }
      turns.add(new Spoken(turn.get("from").textValue(), turn.get("value").textValue()));
    }
    if (!row.path("id").isTextual() && (key.isEmpty() || row.has("id"))) {
      return new Flaw(place, id, Fault.BAD_ID, Ids.MEND);
    }
    return new Row(place, id, caption(row), turns, Origin.UNKNOWN);
  }

  /// A line `{"id", "caption"}`, whose caption may be missing.
  static ReadRow named(JsonNode row, Place place) {
    return row.path("id").isTextual()
        ? new Row(place, row.get("id").textValue(), caption(row), List.of(), Origin.UNKNOWN)
        : new Flaw(place, row.path("id").asText(""), Fault.BAD_ID, Ids.MEND);
  }

  private static Optional<String> caption(JsonNode row) {
    JsonNode caption = row.path("caption");
    return caption.isTextual() ? Optional.of(caption.textValue()) : Optional.empty();
  }

  /// Where text stops being JSON, and why.
  static String breakOff(JsonProcessingException e) {
    String why = e.getOriginalMessage().lines().findFirst().orElse("");
    // Behind it Jackson says where what is not closed began, of its own view of the input.
    int began = why.indexOf(" (start marker");
    return "column "
        + e.getLocation().getColumnNr()
        + " ("
        + (began < 0 ? why : why.substring(0, began))
        + ")";
  }
}
