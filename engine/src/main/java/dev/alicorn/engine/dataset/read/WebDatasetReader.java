package dev.alicorn.engine.dataset.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.alicorn.engine.dataset.DatasetSet;
import dev.alicorn.engine.dataset.read.TarSamples.Sample;
import dev.alicorn.engine.format.Fault;
import dev.alicorn.engine.format.FormatException;
import dev.alicorn.engine.format.NpyFile;
import dev.alicorn.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Tars as WebDataset reads them: `{key}.json` with the conversation and, where rows have vectors,
/// `{key}.npy` behind it. The key stands for an id that the JSON has not.
record WebDatasetReader() implements FormatReader {

  @Override
  public String name() {
    return "webdataset";
  }

  @Override
  public FormatFiles find(Path folder, List<String> files) throws IOException {
    FormatFiles found = new FormatFiles();
    for (String file : files) {
      if (file.endsWith(".tar")) {
        DatasetSet set = SetName.of(file).orElse(DatasetSet.INSTRUCT);
        found.addRows(set, file);
        if (TarSamples.hasArrays(folder.resolve(file))) {
          found.addVectors(set, file);
        }
      }
    }
    return found;
  }

  @Override
  public long rows(Path file, String name, Consumer<ReadRow> sink)
      throws FormatException, IOException {
    TarPieces pieces = new TarPieces(name, sink);
    try (TarSamples samples = new TarSamples(file)) {
      for (var next = samples.next(); next.isPresent(); next = samples.next()) {
        Sample sample = next.get();
        pieces.add(sample);
        if (sample.json().isPresent()) {
          sink.accept(
              row(sample.json().get().toArray(), new Place(name, sample.number()), sample.key()));
        }
      }
      pieces.finish();
      return samples.read();
    }
  }

  private static ReadRow row(byte[] json, Place place, String key) throws IOException {
    try {
      return JsonRow.of(JsonRow.JSON.readTree(json), place, key);
    } catch (JsonProcessingException e) {
      return new Flaw(
          place,
          key,
          Fault.MALFORMED_JSON,
          key + ".json is no JSON at " + JsonRow.breakOff(e) + "; write it again");
    }
  }

  @Override
  public long vectors(Path file, String name, Consumer<ReadVector> sink)
      throws FormatException, IOException {
    long vectors = 0;
    try (TarSamples samples = new TarSamples(file)) {
      for (var next = samples.next(); next.isPresent(); next = samples.next()) {
        Sample sample = next.get();
        if (sample.npy().isPresent()) {
          vectors++;
          sink.accept(
              vector(sample.npy().get().toArray(), new Place(name, sample.number()), id(sample)));
        }
      }
    }
    return vectors;
  }

  private static ReadVector vector(byte[] npy, Place place, String id) throws IOException {
    try {
      NpyFile.Vector vector = NpyFile.vector(npy);
      return new Vector(place, id, vector.values(), vector.type());
    } catch (FormatException e) {
      return new Flaw(place, id, e.fault(), e.what());
    }
  }

  private static String id(Sample sample) throws IOException {
    Optional<Bytes> json = sample.json();
    return json.isPresent() ? id(json.get().toArray()).orElse(sample.key()) : sample.key();
  }

  /// The id of a JSON object, read no further than to it.
  private static Optional<String> id(byte[] json) throws IOException {
    try (JsonParser parser = JsonRow.JSON.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
          JsonToken value = parser.nextToken();
          if (field.equals("id")) {
            return value == JsonToken.VALUE_STRING
                ? Optional.of(parser.getText())
                : Optional.empty();
          }
          parser.skipChildren();
        }
      }
      return Optional.empty();
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
