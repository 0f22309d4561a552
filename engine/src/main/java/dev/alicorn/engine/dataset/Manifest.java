package dev.alicorn.engine.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.engine.judge.Rung;
import dev.alicorn.engine.transfer.Statistic;
import dev.alicorn.protocol.Anchor;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.EncoderDescription;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The text of `manifest.json`: what a dataset was made from and how, and every file of it.
final class Manifest {
  static final String FILE = "manifest.json";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifest() {}

  static byte[] of(DatasetFacts facts, List<ManifestFile> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = AsciiJson.FACTORY.createGenerator(bytes)) {
      json.setCodec(JSON);
      json.setPrettyPrinter(lines());
      json.writeStartObject();
      json.writeNumberField("manifest_version", VERSION);
      json.writeStringField("alicorn", facts.version());
      json.writeObjectFieldStart("job");
      json.writeStringField("id", facts.job().value());
      json.writeStringField("name", facts.name());
      json.writeNumberField("journal_seq", facts.seq());
      json.writeEndObject();
      JsonNode recipe = JSON.readTree(facts.recipeJson());
      json.writeFieldName("recipe");
      json.writeTree(recipe);
      json.writeStringField("recipe_sha256", ContentHash.of(facts.recipeJson()).hex());
      writeVectors(json, facts);
      json.writeObjectFieldStart("rows");
      for (DatasetSet set : DatasetSet.values()) {
        json.writeNumberField(set.key(), facts.shape().rows(set));
      }
      json.writeEndObject();
      json.writeObjectFieldStart("outcomes");
      writeCounts(json, "captions", facts.captionOutcomes());
      writeCounts(json, "samples", facts.sampleOutcomes());
      json.writeEndObject();
      json.writeObjectFieldStart("findings");
      writeCounts(json, "captions", facts.findings().captions());
      writeCounts(json, "samples", facts.findings().samples());
      json.writeEndObject();
      writeLadder(json, facts.ladder());
      json.writeArrayFieldStart("files");
      for (ManifestFile file : files) {
        json.writeStartObject();
        json.writeStringField("path", file.path());
        json.writeNumberField("length", file.length());
        json.writeStringField("sha256", file.sha256().hex());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  private static void writeVectors(JsonGenerator json, DatasetFacts facts) throws IOException {
    if (facts.vectors().isEmpty()) {
      json.writeNullField("encoder");
      json.writeNullField("transfer");
      json.writeNullField("vectors");
      return;
    }
    DatasetFacts.FittedVectors vectors = facts.vectors().get();
    EncoderDescription encoder = vectors.encoder();
    json.writeObjectFieldStart("encoder");
    json.writeStringField("name", encoder.name());
    json.writeStringField("sha256", encoder.hash().hex());
    json.writeNumberField("dimension", encoder.dimension());
    json.writeNumberField("max_tokens", encoder.maxTokens());
    json.writeBooleanField("normalised", encoder.normalised());
    json.writeBooleanField("image_tower", encoder.imageTower());
    json.writeEndObject();
    json.writeObjectFieldStart("transfer");
    json.writeStringField("method", facts.recipe().transfer().method().key());
    json.writeBooleanField("normalised", facts.normalised());
    writeParameters(json, facts.recipe());
    Map<String, Statistic> statistics = vectors.transfer().statistics();
    for (Map.Entry<String, Statistic> statistic : statistics.entrySet()) {
      if (statistic.getValue().isScalar()) {
        json.writeNumberField(statistic.getKey(), statistic.getValue().values()[0]);
      }
    }
    if (!statistics.isEmpty()) {
      json.writeStringField("statistics", DatasetFolder.TRANSFER_FILE);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("vectors");
    json.writeNumberField("dimension", encoder.dimension());
    json.writeStringField("precision", facts.recipe().dataset().vectors().key());
    json.writeNumberField("captions_truncated", vectors.captionsTruncated());
    json.writeEndObject();
  }

  /// What a method has of its own, and where the images' statistics came from.
  private static void writeParameters(JsonGenerator json, Recipe recipe) throws IOException {
    JobSpec.Transfer transfer = recipe.transfer();
    switch (transfer.method()) {
      case MEAN_SHIFT, NONE -> {}
      case RE_ALIGN -> {
        Anchor anchor = transfer.anchor().orElseThrow();
        json.writeNumberField("centroid_iterations", transfer.centroidIterations());
        json.writeStringField("anchor_sha256", anchor.sha256().hex());
        json.writeNumberField("anchor_rows", anchor.rows());
      }
      case C3 -> {
        json.writeNumberField("noise_ratio", transfer.noiseRatio());
        json.writeNumberField("random_seed", recipe.randomSeed());
      }
    }
  }

  private static void writeCounts(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private static void writeLadder(JsonGenerator json, Ladder ladder) throws IOException {
    json.writeObjectFieldStart("ladder");
    json.writeNumberField(Rung.AS_ASKED.key(), ladder.asAsked());
    json.writeNumberField(Rung.REPAIRED.key(), ladder.repaired());
    json.writeNumberField(Rung.REASKED.key(), ladder.reasked());
    json.writeNumberField("quarantined", ladder.quarantined());
    json.writeEndObject();
  }

  /// Indented by two, broken by `\n` on every platform.
  private static DefaultPrettyPrinter lines() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
  }
}
