package dev.alicorn.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Where seeds come from: one entry of a job's `seeds`.
public sealed interface SeedSource {

  /// What people and the lineage of rows call it.
  default String label() {
    return switch (this) {
      case File file -> file.file();
      case Labels _ -> "labels";
      case Builtin builtin -> "builtin:" + builtin.name();
      case Stream() -> "stream";
    };
  }

  /// The files that it opens, as they are named.
  default List<String> files() {
    return switch (this) {
      case File file -> List.of(file.file());
      case Labels labels -> labels.domains().stream().filter(Labels::isFile).toList();
      case Builtin _, Stream _ -> List.of();
    };
  }

  /// How much of it is taken, beside other sources.
  default Share share() {
    return switch (this) {
      case File file -> file.share();
      case Labels labels -> labels.share();
      case Builtin builtin -> builtin.share();
      case Stream() -> Share.ALL;
    };
  }

  /// A file with a seed a row.
  ///
  /// @param field where a row has its caption; empty where the format says it
  /// @param groupBy where a row has what its caption is about (an image id): one caption a group is
  ///   kept
  record File(
      String file,
      Format format,
      Optional<String> field,
      Optional<String> groupBy,
      Filter filter,
      Share share)
      implements SeedSource {

    /// All of a file whose format is known by its name and content.
    public File(String file, Optional<String> field, Optional<String> groupBy) {
      this(file, Format.AUTO, field, groupBy, Filter.NONE, Share.ALL);
    }
  }

  /// Domain labels in the domain's templates.
  ///
  /// @param domains names of domains: `all` for every one that ships, a file where it ends with
  ///   `.txt`
  /// @param templatesPerLabel at most so many; a domain that has fewer templates gives all
  record Labels(List<String> domains, int templatesPerLabel, Share share) implements SeedSource {
    private static final String FILE_SUFFIX = ".txt";

    public Labels {
      domains = List.copyOf(domains);
    }

    /// All seeds of the domains.
    public Labels(List<String> domains, int templatesPerLabel) {
      this(domains, templatesPerLabel, Share.ALL);
    }

    /// Whether a domain's name is that of a file.
    public static boolean isFile(String domain) {
      return domain.endsWith(FILE_SUFFIX);
    }
  }

  /// Seeds that ship with Alicorn.
  record Builtin(String name, Share share) implements SeedSource {

    /// All seeds of that name.
    public Builtin(String name) {
      this(name, Share.ALL);
    }
  }

  /// Seeds that are sent over HTTP until the job is sealed.
  record Stream() implements SeedSource {}

  /// How much of a source is taken.
  ///
  /// @param weight seeds that it gives for each that a source of weight 1 gives; where no source
  ///   has one, they are read one after the other
  /// @param limit the most seeds that are taken
  record Share(OptionalInt weight, OptionalLong limit) {
    public static final Share ALL = new Share(OptionalInt.empty(), OptionalLong.empty());

    public Share {
      if (weight.isPresent() && weight.getAsInt() < 1) {
        throw new IllegalArgumentException("weight: at least 1, not " + weight.getAsInt());
      }
      if (limit.isPresent() && limit.getAsLong() < 1) {
        throw new IllegalArgumentException("limit: at least 1, not " + limit.getAsLong());
      }
    }
  }

  /// How a file holds its rows.
  enum Format {
    /// Known by its name and content.
    AUTO("auto"),
    /// A caption a line.
    TEXT("text"),
    /// An array of objects or of captions, or an object with one at a key.
    JSON("json"),
    /// An object a line.
    JSONL("jsonl"),
    CSV("csv"),
    TSV("tsv"),
    PARQUET("parquet"),
    /// COCO's captions, or results of captioning.
    COCO("coco"),
    /// Flickr8k's and Flickr30k's captions.
    FLICKR("flickr");

    private final String key;

    Format(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /// What rows have to be like.
  enum Filter {
    /// All are taken.
    NONE("none"),
    /// Captions that were collected from the web and not written for it.
    WEB("web");

    private final String key;

    Filter(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}
