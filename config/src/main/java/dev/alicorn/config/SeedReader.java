package dev.alicorn.config;

import com.typesafe.config.ConfigObject;
import dev.alicorn.protocol.SeedSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The reader of `seeds`: the key that an entry is named by says which source it is.
final class SeedReader {
  static final List<String> FILE =
      List.of("file", "format", "field", "group_by", "filter", "weight", "limit");
  static final List<String> LABELS = List.of("labels", "templates_per_label", "weight", "limit");
  static final List<String> BUILTIN = List.of("builtin", "weight", "limit");
  static final List<String> STREAM = List.of("stream");

  private static final List<String> KEYS =
      Stream.of(FILE, LABELS, BUILTIN, STREAM).flatMap(List::stream).distinct().toList();
  private static final String ALL = "all";
  private static final int WEIGHT_MAX = 1000;

  private enum Kind {
    FILE,
    LABELS,
    BUILTIN,
    STREAM;

    private List<String> keys() {
      return switch (this) {
        case FILE -> SeedReader.FILE;
        case LABELS -> SeedReader.LABELS;
        case BUILTIN -> SeedReader.BUILTIN;
        case STREAM -> SeedReader.STREAM;
      };
    }

    private String key() {
      return keys().getFirst();
    }
  }

  private SeedReader() {}

  static List<SeedSource> read(ConfReader job) throws ConfigException {
    List<SeedSource> seeds = new ArrayList<>();
    for (ConfReader seed : job.objects("seeds", KEYS)) {
      seeds.add(source(seed));
    }
    return seeds;
  }

  private static SeedSource source(ConfReader seed) throws ConfigException {
    List<Kind> kinds = Stream.of(Kind.values()).filter(kind -> seed.has(kind.key())).toList();
    if (kinds.size() != 1) {
      throw seed.error("write exactly one of file, labels, builtin and stream in it");
    }
    Kind kind = kinds.getFirst();
    for (String key : KEYS) {
      if (seed.has(key) && !kind.keys().contains(key)) {
        throw seed.error(key, "it does not go with " + kind.key() + "; leave it out");
      }
    }
    ConfigObject defaults = JobFile.REFERENCE.toConfig().getObject("kinds." + kind.key());
    ConfReader source = seed.as(defaults, kind.keys());
    return switch (kind) {
      case FILE -> file(source);
      case LABELS -> labels(source);
      case BUILTIN -> builtin(source);
      case STREAM -> stream(source);
    };
  }

  private static SeedSource.File file(ConfReader seed) throws ConfigException {
    SeedSource.Format format =
        seed.choice("format", SeedSource.Format.values(), SeedSource.Format::key);
    Optional<String> field = seed.optionalName("field");
    Optional<String> groupBy = seed.optionalName("group_by");
    if (format == SeedSource.Format.TEXT && field.isPresent()) {
      throw seed.error("field", "a line of plain text is the caption; leave it out");
    }
    if (format == SeedSource.Format.TEXT && groupBy.isPresent()) {
      throw seed.error("group_by", "plain text has no groups; leave it out");
    }
    SeedSource.Filter filter =
        seed.choice("filter", SeedSource.Filter.values(), SeedSource.Filter::key);
    return new SeedSource.File(seed.name("file"), format, field, groupBy, filter, share(seed));
  }

  private static SeedSource.Share share(ConfReader seed) throws ConfigException {
    OptionalInt weight =
        seed.has("weight")
            ? OptionalInt.of(seed.count("weight", 1, WEIGHT_MAX))
            : OptionalInt.empty();
    OptionalLong limit = seed.optionalCount("limit");
    if (limit.isPresent() && limit.getAsLong() == 0) {
      throw seed.error("limit", "it takes no seed at all; leave the entry out");
    }
    return new SeedSource.Share(weight, limit);
  }

  private static SeedSource.Labels labels(ConfReader seed) throws ConfigException {
    int templatesPerLabel = seed.count("templates_per_label", 1, 1000);
    if (seed.isScalar("labels")) {
      if (!seed.text("labels").equals(ALL)) {
        throw seed.error("labels", "write all, or a list of domains such as [a, b]");
      }
      return new SeedSource.Labels(List.of(ALL), templatesPerLabel, share(seed));
    }
    List<String> domains = seed.names("labels");
    if (domains.isEmpty()) {
      throw seed.error("labels", "it names no domain; write all, or a list of domains");
    }
    return new SeedSource.Labels(domains, templatesPerLabel, share(seed));
  }

  private static SeedSource.Builtin builtin(ConfReader seed) throws ConfigException {
    String[] known = BuiltinSeeds.NAMES.toArray(String[]::new);
    return new SeedSource.Builtin(seed.choice("builtin", known, name -> name), share(seed));
  }

  private static SeedSource.Stream stream(ConfReader seed) throws ConfigException {
    if (!seed.flag("stream")) {
      throw seed.error("stream", "write true, or leave the entry out");
    }
    return new SeedSource.Stream();
  }
}
