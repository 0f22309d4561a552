package dev.alicorn.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.SeedSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The canonical JSON of a job: compact ASCII, the keys of `JOB.conf` in a fixed order, every
/// default and every prompt written out.
public final class JobSpecJson {
  private JobSpecJson() {}

  public static String write(JobSpec spec) {
    return write(spec, true);
  }

  /// Reads what [#write] wrote; nothing is filled in from today's defaults.
  public static JobSpec read(String json) throws ConfigException {
    return JobReader.read(ConfSource.json(json, "job spec"), ConfigFactory.empty().root());
  }

  /// The canonical JSON without `budget`, `dataset` and `weight`: equal for two jobs that are the
  /// same.
  public static String identity(JobSpec spec) {
    return write(spec, false);
  }

  /// The dotted keys that differ between two jobs' identities, in alphabetical order; a list is one
  /// key.
  public static List<String> differences(JobSpec a, JobSpec b) {
    Map<String, ConfigValue> left = leaves(a);
    Map<String, ConfigValue> right = leaves(b);
    TreeSet<String> keys = new TreeSet<>(left.keySet());
    keys.addAll(right.keySet());
    keys.removeIf(key -> Objects.equals(left.get(key), right.get(key)));
    return List.copyOf(keys);
  }

  private static Map<String, ConfigValue> leaves(JobSpec spec) {
    Config config = ConfigFactory.parseString(identity(spec));
    return config.entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
  }

  private static String write(JobSpec spec, boolean whole) {
    return JsonText.compact(json -> {
      json.writeStartObject();
      json.writeStringField("name", spec.name());
      json.writeArrayFieldStart("seeds");
      for (SeedSource seed : spec.seeds()) {
        seed(json, seed);
      }
      json.writeEndArray();
      caption(json, spec.caption());
      instruct(json, spec.instruct());
      if (!spec.filters().equals(Filters.NONE)) {
        RecipeJson.filters(json, spec.filters());
      }
      json.writeObjectFieldStart("embed");
      json.writeStringField("encoder", spec.embed().encoder().orElse("none"));
      json.writeEndObject();
      RecipeJson.transfer(json, spec.transfer());
      if (whole) {
        RecipeJson.dataset(json, spec.dataset());
        budget(json, spec.budget());
        if (spec.weight() != 1) {
          json.writeNumberField("weight", spec.weight());
        }
      }
      json.writeArrayFieldStart("reuse");
      for (JobId job : spec.reuse()) {
        json.writeString(job.value());
      }
      json.writeEndArray();
      json.writeNumberField("random_seed", spec.randomSeed());
      json.writeStringField("repeat", spec.repeat().key());
      json.writeEndObject();
    });
  }

  private static void seed(JsonGenerator json, SeedSource seed) throws IOException {
    json.writeStartObject();
    switch (seed) {
      case SeedSource.File(var file, var format, var field, var groupBy, var filter, var _) -> {
        json.writeStringField("file", file);
        if (format != SeedSource.Format.AUTO) {
          json.writeStringField("format", format.key());
        }
        if (field.isPresent()) {
          json.writeStringField("field", field.get());
        }
        if (groupBy.isPresent()) {
          json.writeStringField("group_by", groupBy.get());
        }
        if (filter != SeedSource.Filter.NONE) {
          json.writeStringField("filter", filter.key());
        }
      }
      case SeedSource.Labels(var domains, var templatesPerLabel, var _) -> {
        json.writeArrayFieldStart("labels");
        for (String domain : domains) {
          json.writeString(domain);
        }
        json.writeEndArray();
        json.writeNumberField("templates_per_label", templatesPerLabel);
      }
      case SeedSource.Builtin(var name, var _) -> json.writeStringField("builtin", name);
      case SeedSource.Stream() -> json.writeBooleanField("stream", true);
    }
    if (seed.share().weight().isPresent()) {
      json.writeNumberField("weight", seed.share().weight().getAsInt());
    }
    if (seed.share().limit().isPresent()) {
      json.writeNumberField("limit", seed.share().limit().getAsLong());
    }
    json.writeEndObject();
  }

  private static void caption(JsonGenerator json, JobSpec.Caption caption) throws IOException {
    json.writeObjectFieldStart("caption");
    endpoint(json, caption.endpoint(), caption.otherModels());
    json.writeNumberField("temperature", caption.temperature());
    json.writeNumberField("max_tokens", caption.maxTokens());
    json.writeStringField("prompt", caption.prompt());
    json.writeEndObject();
  }

  private static void endpoint(JsonGenerator json, String name, boolean otherModels)
      throws IOException {
    json.writeStringField("endpoint", name);
    if (otherModels) {
      json.writeBooleanField("other_models", true);
    }
  }

  private static void instruct(JsonGenerator json, JobSpec.Instruct instruct) throws IOException {
    json.writeObjectFieldStart("instruct");
    endpoint(json, instruct.endpoint(), instruct.otherModels());
    json.writeNumberField("temperature", instruct.temperature());
    json.writeNumberField("max_tokens", instruct.maxTokens());
    json.writeStringField("repair", instruct.repair().key());
    json.writeObjectFieldStart("tasks");
    for (InstructTask task : instruct.tasks()) {
      json.writeObjectFieldStart(task.name().key());
      json.writeNumberField("count", task.count());
      json.writeStringField("prompt", task.prompt());
      json.writeStringField("schema", task.schema());
      reply(json, task.reply());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void reply(JsonGenerator json, InstructTask.Reply reply) throws IOException {
    json.writeObjectFieldStart("reply");
    json.writeStringField("pairs", reply.pairs());
    json.writeStringField("question", reply.question());
    if (reply.options().isPresent()) {
      json.writeStringField("options", reply.options().get());
    }
    json.writeStringField("answer", reply.answer());
    json.writeStringField("human", reply.human());
    json.writeStringField("model", reply.model());
    json.writeNumberField("pairs_min", reply.pairsMin());
    json.writeNumberField("pairs_max", reply.pairsMax());
    json.writeEndObject();
  }

  private static void budget(JsonGenerator json, JobSpec.Budget budget) throws IOException {
    json.writeObjectFieldStart("budget");
    if (budget.money().isPresent()) {
      json.writeNumberField("money", budget.money().get());
    }
    if (budget.tokens().isPresent()) {
      json.writeNumberField("tokens", budget.tokens().getAsLong());
    }
    if (budget.calls().isPresent()) {
      json.writeNumberField("calls", budget.calls().getAsLong());
    }
    json.writeEndObject();
  }
}
