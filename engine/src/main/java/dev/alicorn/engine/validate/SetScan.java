package dev.alicorn.engine.validate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.validate.ConversationCheck.Spoken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The reading of one JSON set, row by row.
final class SetScan {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final int number;
  private final boolean pretrain;
  private final boolean embeddingsKnown;
  private final IdIndex ids;
  private final Findings findings;
  private long rows;
  private boolean ascii = true;

  /// @param name the file's path in the dataset; one with `pretrain` in it is a pretrain set
  /// @param number a number that no other set has
  /// @param embeddingsKnown whether every row's id must be among the embeddings
  SetScan(String name, int number, boolean embeddingsKnown, IdIndex ids, Findings findings) {
    this.name = name;
    this.number = number;
    this.pretrain = name.contains("pretrain");
    this.embeddingsKnown = embeddingsKnown;
    this.ids = ids;
    this.findings = findings;
  }

  /// Reads the file; the number of its rows.
  long run(Path file) throws IOException {
    try (AsciiWatch watch = new AsciiWatch(Files.newInputStream(file));
        JsonParser parser = JSON.createParser(watch)) {
      try {
        array(parser, watch);
      } catch (JsonProcessingException e) {
        findings.add(
            Check.MALFORMED_JSON,
            name,
            rows + 1,
            "",
            "the JSON breaks off at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr()
                + " ("
                + e.getOriginalMessage().lines().findFirst().orElse("")
                + "); write the file again");
      }
    }
    return rows;
  }

  private void array(JsonParser parser, AsciiWatch watch) throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      findings.add(
          Check.NOT_AN_ARRAY,
          name,
          "the file is not one JSON array; trainers load it whole, so put the rows between [ and ]");
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode row = JSON.readTree(parser);
      rows++;
      String id = row.path("id").asText("");
      if (ascii && watch.firstBeyond() < parser.currentLocation().getByteOffset()) {
        ascii = false;
        findings.add(
            Check.NOT_ASCII,
            name,
            rows,
            id,
            "the first of the file's characters beyond ASCII is here; trainers read it in the"
                + " locale's encoding, so write \\uXXXX");
      }
      row(row, id);
    }
    if (parser.nextToken() != null) {
      findings.add(
          Check.MALFORMED_JSON, name, rows, "", "something follows the array; end the file there");
    }
  }

  private void row(JsonNode row, String id) {
    JsonNode conversations = row.path("conversations");
    if (!row.isObject() || !conversations.isArray() || conversations.isEmpty()) {
      findings.add(
          Check.MALFORMED_ROW,
          name,
          rows,
          id,
          "the row is no object with a list of conversations; write {\"id\", \"caption\","
              + " \"conversations\"}");
      return;
    }
    List<Spoken> turns = new ArrayList<>();
    for (JsonNode turn : conversations) {
      if (!turn.path("from").isTextual() || !turn.path("value").isTextual()) {
        findings.add(
            Check.MALFORMED_ROW,
            name,
            rows,
            id,
            "turn " + (turns.size() + 1) + " is no {\"from\", \"value\"} of two texts");
        return;
      }
      turns.add(new Spoken(turn.get("from").textValue(), turn.get("value").textValue()));
    }
    id(row.path("id"), id);
    ConversationCheck.check(
        turns, pretrain, (check, message) -> findings.add(check, name, rows, id, message));
  }

  private void id(JsonNode node, String id) {
    if (!node.isTextual() || Ids.isBad(id)) {
      findings.add(Check.BAD_ID, name, rows, id, Ids.MEND);
      return;
    }
    if (!ids.addRow(id, number)) {
      findings.add(
          Check.DUPLICATE_ID, name, rows, id, "the id was there before; keep one row an id");
    } else if (embeddingsKnown && !ids.hasEmbedding(id)) {
      findings.add(
          Check.NO_EMBEDDING,
          name,
          rows,
          id,
          "no pickle has an embedding of this id; drop the row");
    }
  }
}
