package dev.alicorn.protocol;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a job is: all that decides its datasets, and its caps.
///
/// @param weight share of the calls, against other jobs that wait for the same endpoint
/// @param randomSeed from which the draw of instruct captions follows, with the record ids
public record JobSpec(
    String name,
    List<SeedSource> seeds,
    Caption caption,
    Instruct instruct,
    Embed embed,
    Transfer transfer,
    Dataset dataset,
    Budget budget,
    int weight,
    List<JobId> reuse,
    long randomSeed,
    Repeat repeat) {

  public JobSpec {
    seeds = List.copyOf(seeds);
    reuse = List.copyOf(reuse);
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: a job needs a name");
    }
    if (weight < 1) {
      throw new IllegalArgumentException("weight: at least 1, not " + weight);
    }
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("seeds: a job needs at least one seed source");
    }
    if (seeds.size() > 1 && seeds.stream().anyMatch(SeedSource.Stream.class::isInstance)) {
      throw new IllegalArgumentException("seeds: a stream stands alone, without other sources");
    }
  }

  /// The recipe that this job's own dataset is made by.
  public Recipe recipe() {
    return new Recipe(instruct.tasks(), transfer, dataset, randomSeed);
  }

  /// The caption step: one LLM call a seed.
  ///
  /// @param otherModels whether endpoints of a pool may serve a model of another name than the
  ///   pool's
  /// @param prompt the template; `{{seed}}` stands for the seed's text
  public record Caption(
      String endpoint, boolean otherModels, double temperature, int maxTokens, String prompt) {
    public Caption {
      requireSampling("caption", temperature, maxTokens);
      requirePlaceholder("caption.prompt", prompt, "{{seed}}");
    }
  }

  /// The instruct step: one LLM call a drawn caption; no task, no step.
  ///
  /// @param otherModels as for captions
  /// @param tasks how many samples of each task are wanted
  /// @param prompts the template of each task; `{{caption}}` stands for the caption
  public record Instruct(
      String endpoint,
      boolean otherModels,
      double temperature,
      int maxTokens,
      Map<Task, Long> tasks,
      Map<Task, String> prompts) {
    public Instruct {
      requireSampling("instruct", temperature, maxTokens);
      tasks = inOrder(tasks);
      prompts = inOrder(prompts);
      tasks.forEach((task, count) -> {
        if (count < 0) {
          throw new IllegalArgumentException(
              "instruct.tasks." + task.key() + ": a count is not negative, " + count + " is");
        }
      });
      for (Task task : tasks.keySet()) {
        String prompt = prompts.get(task);
        if (prompt == null) {
          throw new IllegalArgumentException(
              "instruct.prompts." + task.key() + ": the task has no prompt");
        }
        requirePlaceholder("instruct.prompts." + task.key(), prompt, "{{caption}}");
      }
    }
  }

  /// The embed step.
  ///
  /// @param encoder name of an encoder of the deployment; empty leaves the step out
  public record Embed(Optional<String> encoder) {}

  /// How embeddings are moved to the image side of the space.
  ///
  /// @param normalise whether the result is scaled to unit length
  public record Transfer(Method method, boolean normalise) {
    /// The ways there are.
    public enum Method {
      MEAN_SHIFT("mean-shift"),
      NONE("none");

      private final String key;

      Method(String key) {
        this.key = key;
      }

      public String key() {
        return key;
      }
    }
  }

  /// What files a dataset has.
  ///
  /// @param formats names of dataset formats, each once
  public record Dataset(List<String> formats, Precision vectors) {
    public Dataset {
      formats = List.copyOf(formats);
      if (formats.isEmpty()) {
        throw new IllegalArgumentException("dataset.formats: name at least one format");
      }
      if (formats.stream().distinct().count() != formats.size()) {
        throw new IllegalArgumentException(
            "dataset.formats: a format is named twice in " + formats);
      }
    }

    /// How vectors are written.
    public enum Precision {
      FLOAT32("float32", 4),
      FLOAT16("float16", 2);

      private final String key;
      private final int bytes;

      Precision(String key, int bytes) {
        this.key = key;
        this.bytes = bytes;
      }

      public String key() {
        return key;
      }

      public int bytes() {
        return bytes;
      }
    }
  }

  /// Caps on what a job may spend; an absent one is no cap.
  public record Budget(Optional<BigDecimal> money, OptionalLong tokens, OptionalLong calls) {
    public static final Budget UNLIMITED =
        new Budget(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  /// What happens to a call whose outcome is unknown after a crash.
  public enum Repeat {
    /// It is made again, and listed with its possible price.
    ON_UNKNOWN("on-unknown"),
    /// It is parked: its intent is durable before it is sent.
    NEVER("never");

    private final String key;

    Repeat(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  private static void requireSampling(String step, double temperature, int maxTokens) {
    if (!(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException(step + ".temperature: from 0 to 2, not " + temperature);
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException(step + ".max_tokens: at least 1, not " + maxTokens);
    }
  }

  private static void requirePlaceholder(String key, String prompt, String placeholder) {
    if (!prompt.contains(placeholder)) {
      throw new IllegalArgumentException(key + ": the prompt must contain " + placeholder);
    }
  }

  private static <V> Map<Task, V> inOrder(Map<Task, V> map) {
    EnumMap<Task, V> copy = new EnumMap<>(Task.class);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }
}
