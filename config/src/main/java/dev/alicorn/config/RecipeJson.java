package dev.alicorn.config;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Recipe;
import dev.alicorn.protocol.Task;
import java.io.IOException;
import java.util.Map;

/// The canonical JSON of a recipe: compact ASCII, the keys of `RECIPE.conf` in a fixed order.
public final class RecipeJson {
  private RecipeJson() {}

  public static String write(Recipe recipe) {
    return JsonText.compact(json -> {
      json.writeStartObject();
      json.writeObjectFieldStart("instruct");
      tasks(json, recipe.tasks());
      json.writeEndObject();
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

  static void tasks(JsonGenerator json, Map<Task, Long> tasks) throws IOException {
    json.writeObjectFieldStart("tasks");
    for (Task task : Task.values()) {
      Long count = tasks.get(task);
      if (count != null) {
        json.writeNumberField(task.key(), count);
      }
    }
    json.writeEndObject();
  }

  static void transfer(JsonGenerator json, JobSpec.Transfer transfer) throws IOException {
    json.writeObjectFieldStart("transfer");
    json.writeStringField("method", transfer.method().key());
    json.writeBooleanField("normalise", transfer.normalise());
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
