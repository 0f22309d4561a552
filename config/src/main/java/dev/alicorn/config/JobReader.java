package dev.alicorn.config;

import com.typesafe.config.ConfigObject;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.SeedSource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The reader of a job's keys, over the defaults of a file or over none.
final class JobReader {
  static final List<String> KEYS =
      List.of(
          "name",
          "seeds",
          "caption",
          "instruct",
          "filters",
          "embed",
          "transfer",
          "dataset",
          "budget",
          "weight",
          "reuse",
          "random_seed",
          "repeat");
  static final List<String> CAPTION =
      List.of("endpoint", "other_models", "temperature", "max_tokens", "prompt");
  static final List<String> INSTRUCT =
      List.of("endpoint", "other_models", "temperature", "max_tokens", "repair", "tasks");
  static final List<String> EMBED = List.of("encoder");
  static final List<String> DATASET = List.of("formats", "vectors");
  static final List<String> BUDGET = List.of("money", "tokens", "calls");

  private static final int TOKENS_MAX = 1 << 20;
  private static final int WEIGHT_MAX = 1000;

  private JobReader() {}

  static JobSpec read(ConfigObject given, ConfigObject defaults) throws ConfigException {
    ConfReader job = ConfReader.of(given, defaults, KEYS);
    String name = job.name("name");
    JobSpec.Caption caption = caption(job.object("caption", CAPTION));
    JobSpec.Instruct instruct = instruct(job.object("instruct", INSTRUCT));
    Filters filters = FilterReader.read(job);
    JobSpec.Embed embed = embed(job.object("embed", EMBED));
    JobSpec.Transfer transfer = TransferReader.read(job.object("transfer", TransferReader.KEYS));
    JobSpec.Dataset dataset = dataset(job.object("dataset", DATASET));
    JobSpec.Budget budget = budget(job.object("budget", BUDGET));
    int weight = job.has("weight") ? job.count("weight", 1, WEIGHT_MAX) : 1;
    List<JobId> reuse = new ArrayList<>();
    for (String id : job.names("reuse")) {
      reuse.add(job.build("reuse", () -> new JobId(id)));
    }
    long randomSeed = job.whole("random_seed");
    JobSpec.Repeat repeat = job.choice("repeat", JobSpec.Repeat.values(), JobSpec.Repeat::key);
    List<SeedSource> seeds = SeedReader.read(job);
    return job.build(() ->
        new JobSpec(
            name,
            seeds,
            caption,
            instruct,
            filters,
            embed,
            transfer,
            dataset,
            budget,
            weight,
            reuse,
            randomSeed,
            repeat));
  }

  private static JobSpec.Caption caption(ConfReader caption) throws ConfigException {
    String endpoint = caption.name("endpoint");
    boolean otherModels = otherModels(caption);
    double temperature = caption.number("temperature");
    int maxTokens = caption.count("max_tokens", 1, TOKENS_MAX);
    String prompt = caption.text("prompt");
    return caption.build(
        () -> new JobSpec.Caption(endpoint, otherModels, temperature, maxTokens, prompt));
  }

  /// Canonical JSON leaves it out where it is false.
  private static boolean otherModels(ConfReader step) throws ConfigException {
    return step.has("other_models") && step.flag("other_models");
  }

  private static JobSpec.Instruct instruct(ConfReader instruct) throws ConfigException {
    String endpoint = instruct.name("endpoint");
    boolean otherModels = otherModels(instruct);
    double temperature = instruct.number("temperature");
    int maxTokens = instruct.count("max_tokens", 1, TOKENS_MAX);
    JobSpec.Repair repair = repair(instruct);
    List<InstructTask> tasks = TaskReader.read(instruct);
    return instruct.build(
        () -> new JobSpec.Instruct(endpoint, otherModels, temperature, maxTokens, repair, tasks));
  }

  static JobSpec.Repair repair(ConfReader instruct) throws ConfigException {
    return instruct.choice("repair", JobSpec.Repair.values(), JobSpec.Repair::key);
  }

  private static JobSpec.Embed embed(ConfReader embed) throws ConfigException {
    return new JobSpec.Embed(
        Optional.of(embed.name("encoder")).filter(encoder -> !encoder.equals("none")));
  }

  static JobSpec.Dataset dataset(ConfReader dataset) throws ConfigException {
    List<String> formats = dataset.names("formats");
    JobSpec.Dataset.Precision vectors =
        dataset.choice(
            "vectors", JobSpec.Dataset.Precision.values(), JobSpec.Dataset.Precision::key);
    return dataset.build(() -> new JobSpec.Dataset(formats, vectors));
  }

  static JobSpec.Budget budget(ConfReader budget) throws ConfigException {
    Optional<BigDecimal> money = budget.optionalAmount("money");
    OptionalLong tokens = budget.optionalCount("tokens");
    OptionalLong calls = budget.optionalCount("calls");
    return new JobSpec.Budget(money, tokens, calls);
  }
}
