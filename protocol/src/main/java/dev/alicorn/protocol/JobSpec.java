package dev.alicorn.protocol;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a job is: all that decides its datasets, and its caps.
///
/// @param weight share of the calls, against other jobs that wait for the same endpoint
/// @param randomSeed from which the draw of instruct captions follows, with the record ids
public record JobSpec(
    String name,
    List<SeedSource> seeds,
    Caption caption,
    Instruct instruct,
    Filters filters,
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
    return new Recipe(instruct.counts(), instruct.repair(), filters, transfer, dataset, randomSeed);
  }

  /// Whether the seeds are sent while the job runs.
  public boolean isStreamed() {
    return seeds.getFirst() instanceof SeedSource.Stream;
  }

  /// The same job with other seed sources.
  public JobSpec from(List<SeedSource> sources) {
    return with(sources, budget, reuse);
  }

  /// The same job under another budget.
  public JobSpec within(Budget other) {
    return with(seeds, other, reuse);
  }

  /// The same job, which may also be answered by the journals of other jobs.
  public JobSpec reusing(List<JobId> others) {
    return with(seeds, budget, Stream.concat(reuse.stream(), others.stream()).distinct().toList());
  }

  private JobSpec with(List<SeedSource> sources, Budget caps, List<JobId> others) {
    return new JobSpec(
        name,
        sources,
        caption,
        instruct,
        filters,
        embed,
        transfer,
        dataset,
        caps,
        weight,
        others,
        randomSeed,
        repeat);
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
      new Template(prompt).require("caption.prompt", List.of("seed"));
    }
  }

  /// The instruct step: one LLM call a drawn caption; no task, no step.
  ///
  /// @param otherModels as for captions
  /// @param repair what becomes of a reply that is not just as asked
  /// @param tasks in the order of their names
  public record Instruct(
      String endpoint,
      boolean otherModels,
      double temperature,
      int maxTokens,
      Repair repair,
      List<InstructTask> tasks) {
    private static final int TASKS_MAX = 64;

    public Instruct {
      requireSampling("instruct", temperature, maxTokens);
      tasks = tasks.stream().sorted(Comparator.comparing(InstructTask::name)).toList();
      if (tasks.size() > TASKS_MAX) {
        throw new IllegalArgumentException(
            "instruct.tasks: at most " + TASKS_MAX + " tasks, not " + tasks.size());
      }
      if (tasks.stream().map(InstructTask::name).distinct().count() != tasks.size()) {
        throw new IllegalArgumentException("instruct.tasks: a task is named twice in " + tasks);
      }
    }

    /// How many samples of each task are wanted.
    public SortedMap<TaskName, Long> counts() {
      SortedMap<TaskName, Long> counts = new TreeMap<>();
      tasks.forEach(task -> counts.put(task.name(), task.count()));
      return counts;
    }

    /// The task of a name that the job's own facts use.
    public InstructTask task(TaskName name) {
      return tasks.stream()
          .filter(task -> task.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("the job has no task " + name));
    }
  }

  /// What becomes of an instruct reply that is not just as asked.
  public enum Repair {
    /// It is mended where that needs no guess at meaning.
    LOCAL("local"),
    /// It is as good as none.
    NONE("none");

    private final String key;

    Repair(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /// The embed step.
  ///
  /// @param encoder name of an encoder of the deployment; empty leaves the step out
  public record Embed(Optional<String> encoder) {}

  /// How embeddings are moved to the image side of the space.
  ///
  /// @param normalise whether the result is scaled to unit length; re-align and c3 always do so
  /// @param anchor what re-align moves to; no other method has one
  /// @param centroidIterations how often re-align moves the mean of the vectors onto the anchor's
  /// @param noiseRatio how long the noise of c3 is, relative to what it is added to
  public record Transfer(
      Method method,
      boolean normalise,
      Optional<Anchor> anchor,
      int centroidIterations,
      double noiseRatio) {
    public Transfer {
      if (anchor.isPresent() != (method == Method.RE_ALIGN)) {
        throw new IllegalArgumentException(
            "transfer.anchor: re-align needs an anchor, and no other method has one");
      }
      if (!normalise && (method == Method.RE_ALIGN || method == Method.C3)) {
        throw new IllegalArgumentException(
            "transfer.normalise: " + method.key() + " always gives length 1; leave it out");
      }
    }

    /// A method without parameters of its own.
    public Transfer(Method method, boolean normalise) {
      this(method, normalise, Optional.empty(), 1, 0);
    }

    public static Transfer reAlign(Anchor anchor, int centroidIterations) {
      return new Transfer(Method.RE_ALIGN, true, Optional.of(anchor), centroidIterations, 0);
    }

    public static Transfer c3(double noiseRatio) {
      return new Transfer(Method.C3, true, Optional.empty(), 1, noiseRatio);
    }

    /// The ways there are.
    public enum Method {
      MEAN_SHIFT("mean-shift"),
      RE_ALIGN("re-align"),
      C3("c3"),
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
}
