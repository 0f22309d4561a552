package dev.alicorn.engine.dataset.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.format.FormatException;
import dev.alicorn.engine.format.PickleInput;
import dev.alicorn.engine.format.PickleMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// What the published trainers read: a JSON array of conversations a set, and pickled embeddings
/// that both sets share, wherever in the folder they lie.
record TrainerReader() implements FormatReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> NO_SETS =
      Set.of("manifest.json", "report.json", "dataset_infos.json");

  @Override
  public String name() {
    return "trainer";
  }

  @Override
  public FormatFiles find(Path folder, List<String> files) throws IOException {
    FormatFiles found = new FormatFiles();
    for (String file : files) {
      if (file.endsWith(".pkl")) {
        found.addVectors(DatasetSet.PRETRAIN, file);
      } else if (file.endsWith(".json") && !NO_SETS.contains(file)) {
        JsonHead head = JsonHead.of(folder.resolve(file));
        if (file.startsWith("trainer/") || SetName.of(file).isPresent() || head.hasRows()) {
          found.addRows(SetName.of(file).orElseGet(head::set), file);
        }
      }
    }
    return found;
  }

  @Override
  public long rows(Path file, String name, Consumer<ReadRow> sink)
      throws FormatException, IOException {
    try (AsciiWatch watch = new AsciiWatch(Files.newInputStream(file));
        JsonParser parser = JSON.createParser(watch)) {
      return array(parser, watch, name, sink);
    }
  }

  private static long array(
      JsonParser parser, AsciiWatch watch, String name, Consumer<ReadRow> sink)
      throws FormatException, IOException {
    long rows = 0;
    try {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new FormatException(
            Fault.NOT_AN_ARRAY,
            "the file is not one JSON array; trainers load it whole, so put the rows between [ and"
                + " ]");
      }
      boolean ascii = true;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        JsonNode row = JSON.readTree(parser);
        Place place = new Place(name, ++rows);
        if (ascii && watch.firstBeyond() < parser.currentLocation().getByteOffset()) {
          ascii = false;
          sink.accept(
              new Flaw(
                  place,
                  row.path("id").asText(""),
                  Fault.NOT_ASCII,
                  "the first of the file's characters beyond ASCII is here; trainers read it in the"
                      + " locale's encoding, so write \\uXXXX"));
        }
        sink.accept(JsonRow.of(row, place));
      }
      if (parser.nextToken() != null) {
        sink.accept(
            new Flaw(
                new Place(name, rows),
                "",
                Fault.MALFORMED_JSON,
                "something follows the array; end the file there"));
      }
    } catch (JsonProcessingException e) {
      sink.accept(
          new Flaw(
              new Place(name, rows + 1),
              "",
              Fault.MALFORMED_JSON,
              "the JSON breaks off at line "
                  + e.getLocation().getLineNr()
                  + ", "
                  + JsonRow.breakOff(e)
                  + "; write the file again"));
    }
    return rows;
  }

  @Override
  public long vectors(Path file, String name, Consumer<ReadVector> sink)
      throws FormatException, IOException {
    PickledVectors vectors = new PickledVectors(name, sink);
    try (InputStream in = Files.newInputStream(file)) {
      new PickleMachine(new PickleInput(in), vectors::item).run();
    }
    return vectors.read();
  }
}
