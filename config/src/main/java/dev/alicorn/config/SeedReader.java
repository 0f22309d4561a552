package dev.alicorn.config;

import com.typesafe.config.ConfigObject;
import dev.alicorn.protocol.SeedSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The reader of `seeds`: the key that an entry is named by says which source it is.
final class SeedReader {
  static final List<String> FILE = List.of("file", "field", "group_by");
  static final List<String> LABELS = List.of("labels", "templates_per_label");
  static final List<String> BUILTIN = List.of("builtin");
  static final List<String> STREAM = List.of("stream");

  private static final List<String> KEYS =
      Stream.of(FILE, LABELS, BUILTIN, STREAM).flatMap(List::stream).toList();
  private static final String ALL = "all";

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
    Optional<String> field = seed.optionalName("field");
    Optional<String> groupBy = seed.optionalName("group_by");
    if (groupBy.isPresent() && field.isEmpty()) {
      throw seed.error("group_by", "only JSONL has groups; name the caption's key in field");
    }
    return new SeedSource.File(seed.name("file"), field, groupBy);
  }

  private static SeedSource.Labels labels(ConfReader seed) throws ConfigException {
    int templatesPerLabel = seed.count("templates_per_label", 1, 1000);
    if (seed.isScalar("labels")) {
      if (!seed.text("labels").equals(ALL)) {
        throw seed.error("labels", "write all, or a list of domains such as [a, b]");
      }
      return new SeedSource.Labels(List.of(ALL), templatesPerLabel);
    }
    List<String> domains = seed.names("labels");
    if (domains.isEmpty()) {
      throw seed.error("labels", "it names no domain; write all, or a list of domains");
    }
    return new SeedSource.Labels(domains, templatesPerLabel);
  }

  private static SeedSource.Builtin builtin(ConfReader seed) throws ConfigException {
    String[] known = BuiltinSeeds.NAMES.toArray(String[]::new);
    return new SeedSource.Builtin(seed.choice("builtin", known, name -> name));
  }

  private static SeedSource.Stream stream(ConfReader seed) throws ConfigException {
    if (!seed.flag("stream")) {
      throw seed.error("stream", "write true, or leave the entry out");
    }
    return new SeedSource.Stream();
  }
}
