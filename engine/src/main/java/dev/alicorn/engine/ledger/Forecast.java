package dev.alicorn.engine.ledger;

import dev.alicorn.config.EndpointLimits;
import dev.alicorn.engine.judge.Draw;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.JournalEvent.EndpointBound;
import dev.alicorn.protocol.Money;
import dev.alicorn.protocol.Price;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What a job is going to take if every call brings a fit answer: a pure function of its spec, its
/// seeds and what the deployment says of its endpoints.
///
/// Input is counted over the prompts as they will be sent, by the estimate of [TokenEstimate].
/// Output is assumed, and cut at the spec's `max_tokens`: a caption is as long as the mean of the
/// published set (arXiv 2503.22655), and a sample has the middle of the pairs that the prompts ask
/// for.
///
/// @param steps the caption step and each instruct task, in the order in which they are made
/// @param endpoints the endpoints that the steps call, by name
public record Forecast(List<Step> steps, Map<String, Load> endpoints, Disk disk) {
  /// Tokens of a caption: 129 words, the published mean.
  public static final long CAPTION_TOKENS = 155;

  /// Tokens of a sample: 7 pairs of 60.
  public static final long SAMPLE_TOKENS = 420;

  public Forecast {
    steps = List.copyOf(steps);
  }

  /// Calls, and what they will be billed.
  public record Cost(long calls, Usage usage, Money price) {
    private static final Cost NOTHING = new Cost(0, Usage.NONE, Money.NONE);

    private Cost plus(Cost other) {
      return new Cost(calls + other.calls, usage.plus(other.usage), price.plus(other.price));
    }
  }

  /// One step's calls.
  public record Step(Stage stage, Cost cost) {}

  /// What an endpoint is asked for.
  ///
  /// @param atLimits the time that its requests and tokens a minute make of it; empty where the
  ///   deployment states neither, as then only the endpoint knows
  /// @param inFlightMax calls at a time
  public record Load(Cost cost, Optional<Duration> atLimits, int inFlightMax) {}

  /// An endpoint as the deployment has it.
  public record Terms(EndpointBound bound, EndpointLimits limits) {}

  /// The forecast of a job.
  ///
  /// @param terms of each endpoint that the spec names
  /// @param dimension of the job's vectors; empty where it embeds nothing, or does not know
  public static Forecast of(
      JobSpec spec, Map<String, Terms> terms, SeedCount seeds, OptionalInt dimension) {
    List<Step> steps = new ArrayList<>();
    long captions = seeds.seeds();
    steps.add(
        step(
            Stage.CAPTION,
            captions,
            captions * frame(spec.caption().prompt(), "{{seed}}") + seeds.tokens(),
            captions * Math.min(CAPTION_TOKENS, spec.caption().maxTokens()),
            price(terms, spec.caption().endpoint())));
    long samples = 0;
    JobSpec.Instruct instruct = spec.instruct();
    Draw draw = Draw.over(captions, spec.randomSeed(), instruct.counts());
    for (InstructTask task : instruct.tasks()) {
      long calls = Math.min(draw.wanted(task.name()), draw.candidates(task.name()));
      steps.add(
          step(
              task.name().stage(),
              calls,
              calls * (frame(task.prompt(), "{{caption}}") + CAPTION_TOKENS),
              calls * Math.min(SAMPLE_TOKENS, instruct.maxTokens()),
              price(terms, instruct.endpoint())));
      samples += calls;
    }
    return new Forecast(
        steps, loads(spec, terms, steps), Disk.of(captions, samples, dimension, spec.dataset()));
  }

  /// Tokens of what stands around a placeholder, the same in each call.
  private static long frame(String prompt, String placeholder) {
    return TokenEstimate.of(prompt.replace(placeholder, " ")) + TokenEstimate.PER_CALL;
  }

  private static Step step(Stage stage, long calls, long input, long output, Price price) {
    Usage usage = new Usage(input, 0, output);
    return new Step(stage, new Cost(calls, usage, Money.of(price.of(usage), price.currency())));
  }

  private static Price price(Map<String, Terms> terms, String endpoint) {
    return Objects.requireNonNull(terms.get(endpoint)).bound().price();
  }

  private static Map<String, Load> loads(JobSpec spec, Map<String, Terms> terms, List<Step> steps) {
    Map<String, Load> loads = new LinkedHashMap<>();
    for (Step step : steps) {
      String name =
          step.stage().equals(Stage.CAPTION)
              ? spec.caption().endpoint()
              : spec.instruct().endpoint();
      EndpointLimits limits = Objects.requireNonNull(terms.get(name)).limits();
      Load before = loads.get(name);
      Cost cost = before == null ? step.cost() : step.cost().plus(before.cost());
      loads.put(name, new Load(cost, atLimits(cost, limits), limits.maxInFlight()));
    }
    return loads;
  }

  private static Optional<Duration> atLimits(Cost cost, EndpointLimits limits) {
    return Stream.of(
            atRate(cost.calls(), limits.requestsPerMinute()),
            atRate(cost.usage().total(), limits.tokensPerMinute()),
            atRate(cost.usage().inputTokens(), limits.inputTokensPerMinute()),
            atRate(cost.usage().outputTokens(), limits.outputTokensPerMinute()))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }

  private static Optional<Duration> atRate(long amount, OptionalLong perMinute) {
    return perMinute.isPresent()
        ? Optional.of(Duration.ofMillis(Math.ceilDiv(amount * 60_000, perMinute.getAsLong())))
        : Optional.empty();
  }

  public Cost total() {
    return steps.stream().map(Step::cost).reduce(Cost.NOTHING, Cost::plus);
  }

  /// What is expected of one stage; empty where the job has no such step.
  public Optional<Cost> of(Stage stage) {
    return steps.stream().filter(step -> step.stage().equals(stage)).map(Step::cost).findFirst();
  }
}
