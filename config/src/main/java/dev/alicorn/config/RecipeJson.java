package dev.alicorn.config;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Recipe;
import dev.alicorn.protocol.TaskName;
import java.io.IOException;
import java.util.Map;

/// The canonical JSON of a recipe: compact ASCII, the keys of `RECIPE.conf` in a fixed order.
public final class RecipeJson {
  private RecipeJson() {}

  public static String write(Recipe recipe) {
    return JsonText.compact(json -> {
      json.writeStartObject();
      json.writeObjectFieldStart("instruct");
      json.writeObjectFieldStart("tasks");
      for (Map.Entry<TaskName, Long> task : recipe.tasks().entrySet()) {
        json.writeNumberField(task.getKey().key(), task.getValue());
      }
      json.writeEndObject();
      json.writeStringField("repair", recipe.repair().key());
      json.writeEndObject();
      filters(json, recipe.filters());
      transfer(json, recipe.transfer());
      dataset(json, recipe.dataset());
      json.writeNumberField("random_seed", recipe.randomSeed());
      json.writeEndObject();
    });
  }

  /// The hash of the canonical JSON.
  public static ContentHash hash(Recipe recipe) {
    return ContentHash.of(write(recipe));
  }

  static void filters(JsonGenerator json, Filters filters) throws IOException {
    json.writeObjectFieldStart("filters");
    json.writeStringField("option_order", filters.optionOrder().key());
    for (Map.Entry<Filter, Filters.Rule> rule : filters.rules().entrySet()) {
      if (rule.getValue().action() != Filters.Action.OFF) {
        json.writeObjectFieldStart(rule.getKey().key());
        json.writeStringField("action", rule.getValue().action().key());
        if (rule.getKey().limitKey().isPresent()) {
          json.writeNumberField(rule.getKey().limitKey().get(), rule.getValue().limit());
        }
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  static void transfer(JsonGenerator json, JobSpec.Transfer transfer) throws IOException {
    json.writeObjectFieldStart("transfer");
    json.writeStringField("method", transfer.method().key());
    json.writeBooleanField("normalise", transfer.normalise());
    switch (transfer.method()) {
      case MEAN_SHIFT, NONE -> {}
      case RE_ALIGN -> {
        json.writeFieldName("anchor");
        AnchorJson.write(json, transfer.anchor().orElseThrow());
        json.writeNumberField("centroid_iterations", transfer.centroidIterations());
      }
      case C3 -> json.writeNumberField("noise_ratio", transfer.noiseRatio());
    }
    json.writeEndObject();
  }

  static void dataset(JsonGenerator json, JobSpec.Dataset dataset) throws IOException {
    json.writeObjectFieldStart("dataset");
    json.writeArrayFieldStart("formats");
    for (String format : dataset.formats()) {
      json.writeString(format);
    }
    json.writeEndArray();
    json.writeStringField("vectors", dataset.vectors().key());
    json.writeEndObject();
  }
}
