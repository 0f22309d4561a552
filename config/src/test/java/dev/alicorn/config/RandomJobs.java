package dev.alicorn.config;

import dev.alicorn.protocol.Anchor;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.Filter;
import dev.alicorn.protocol.Filters;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.SeedSource;
import dev.alicorn.protocol.TaskName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Valid jobs at random: every kind of seed, odd text, extreme numbers.
final class RandomJobs {
  private static final String SIGNS = "\"\\${}#/=:,[]'\n\u2028";

  private final Random random;

  RandomJobs(long seed) {
    random = new Random(seed);
  }

  JobSpec next() {
    return new JobSpec(
        name(),
        random.nextInt(5) == 0 ? List.of(new SeedSource.Stream()) : some(1, this::seed),
        new JobSpec.Caption(
            name(), random.nextBoolean(), temperature(), tokens(), text() + "{{seed}}" + text()),
        instruct(),
        filters(),
        new JobSpec.Embed(maybe(this::name)),
        transfer(),
        dataset(),
        new JobSpec.Budget(maybe(this::money), maybeCount(), maybeCount()),
        1 + random.nextInt(1000),
        some(0, () -> new JobId("job-" + random.nextInt(1000))),
        random.nextLong(),
        one(JobSpec.Repeat.values()));
  }

  private Filters filters() {
    Map<Filter, Filters.Rule> rules = new EnumMap<>(Filter.class);
    for (Filter filter : Filter.values()) {
      Filters.Action action = one(Filters.Action.values());
      boolean limited = action != Filters.Action.OFF && filter.limitKey().isPresent();
      rules.put(filter, new Filters.Rule(action, limited ? random.nextInt(99) / 8.0 : 0));
    }
    return random.nextInt(5) == 0
        ? Filters.NONE
        : new Filters(one(Filters.OptionOrder.values()), rules);
  }

  private JobSpec.Transfer transfer() {
    JobSpec.Transfer.Method method = one(JobSpec.Transfer.Method.values());
    return switch (method) {
      case MEAN_SHIFT, NONE -> new JobSpec.Transfer(method, random.nextBoolean());
      case RE_ALIGN -> JobSpec.Transfer.reAlign(anchor(), 1 + random.nextInt(16));
      case C3 -> JobSpec.Transfer.c3(random.nextDouble() * 100);
    };
  }

  private Anchor anchor() {
    float[] mean = new float[1 + random.nextInt(9)];
    double squares = 0;
    for (int j = 0; j < mean.length; j++) {
      mean[j] = (random.nextFloat() - 0.5f) / 4;
      squares += (double) mean[j] * mean[j];
    }
    return new Anchor(
        random.nextLong(1, Long.MAX_VALUE),
        Embedding.wrap(mean),
        1 - squares,
        ContentHash.of(text()));
  }

  JobSpec.Dataset dataset() {
    return new JobSpec.Dataset(
        some(1, this::name).stream().distinct().toList(), one(JobSpec.Dataset.Precision.values()));
  }

  private SeedSource seed() {
    return switch (random.nextInt(4)) {
      case 0 -> new SeedSource.File(name(), Optional.of(name()), maybe(this::name));
      case 1 -> file(one(SeedSource.Format.values()));
      case 2 -> new SeedSource.Labels(some(1, this::name), 1 + random.nextInt(1000), share());
      default -> new SeedSource.Builtin("quick-start", share());
    };
  }

  private SeedSource file(SeedSource.Format format) {
    boolean fields = format != SeedSource.Format.TEXT;
    return new SeedSource.File(
        name(),
        format,
        fields ? maybe(this::name) : Optional.empty(),
        fields ? maybe(this::name) : Optional.empty(),
        one(SeedSource.Filter.values()),
        share());
  }

  private SeedSource.Share share() {
    return new SeedSource.Share(
        random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(1000)) : OptionalInt.empty(),
        random.nextBoolean()
            ? OptionalLong.of(random.nextLong(1, Long.MAX_VALUE))
            : OptionalLong.empty());
  }

  private JobSpec.Instruct instruct() {
    List<InstructTask> tasks = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tasks.add(task("task_" + i));
    }
    return new JobSpec.Instruct(
        name(), random.nextBoolean(), temperature(), tokens(), one(JobSpec.Repair.values()), tasks);
  }

  private InstructTask task(String name) {
    boolean options = random.nextBoolean();
    int pairsMin = 1 + random.nextInt(9);
    InstructTask.Reply reply =
        new InstructTask.Reply(
            "pairs" + text(),
            "asked" + text(),
            options ? Optional.of("choice" + text()) : Optional.empty(),
            "said" + text(),
            text() + "{{question}}" + (options ? "{{options}}" : "") + text(),
            text() + "{{answer}}",
            pairsMin,
            pairsMin + random.nextInt(9));
    return new InstructTask(
        new TaskName(name),
        random.nextLong(0, Long.MAX_VALUE),
        text() + "{{caption}}",
        schema(reply),
        reply);
  }

  private static String schema(InstructTask.Reply reply) {
    return JsonText.compact(json -> {
      json.writeStartObject();
      json.writeStringField("type", "object");
      json.writeObjectFieldStart("properties");
      json.writeObjectFieldStart(reply.pairs());
      json.writeStringField("type", "array");
      json.writeObjectFieldStart("items");
      json.writeObjectFieldStart("properties");
      for (String key :
          Stream.concat(Stream.of(reply.question(), reply.answer()), reply.options().stream())
              .toList()) {
        json.writeObjectFieldStart(key);
        json.writeEndObject();
      }
      for (int depth = 0; depth < 5; depth++) {
        json.writeEndObject();
      }
    });
  }

  private double temperature() {
    return switch (random.nextInt(4)) {
      case 0 -> 0.0;
      case 1 -> 2.0;
      case 2 -> Double.MIN_VALUE * random.nextInt(100);
      default -> random.nextDouble() * 2;
    };
  }

  private int tokens() {
    return 1 + random.nextInt(1 << 20);
  }

  private BigDecimal money() {
    return BigDecimal.valueOf(random.nextLong(1_000_000_000), random.nextInt(8) - 2);
  }

  private OptionalLong maybeCount() {
    return random.nextBoolean()
        ? OptionalLong.of(random.nextLong(0, Long.MAX_VALUE))
        : OptionalLong.empty();
  }

  private String name() {
    return "n" + text();
  }

  /// Letters, quotes, escapes, control characters, HOCON's signs, emoji and lone surrogates.
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      switch (random.nextInt(6)) {
        case 0 -> text.append((char) random.nextInt(0x20));
        case 1 -> text.append((char) random.nextInt(0x10000));
        case 2 -> text.appendCodePoint(0x1F600 + random.nextInt(64));
        case 3 -> text.append((char) (0xD800 + random.nextInt(0x800)));
        case 4 -> text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  private <T> List<T> some(int min, Supplier<T> item) {
    List<T> items = new ArrayList<>();
    for (int i = min + random.nextInt(3); i > 0; i--) {
      items.add(item.get());
    }
    return items;
  }

  private <T> Optional<T> maybe(Supplier<T> item) {
    return random.nextBoolean() ? Optional.of(item.get()) : Optional.empty();
  }

  private <T> T one(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
