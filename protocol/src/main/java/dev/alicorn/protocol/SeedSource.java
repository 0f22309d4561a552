package dev.alicorn.protocol;

import java.util.List;
import java.util.Optional;

/// Where seeds come from: one entry of a job's `seeds`.
public sealed interface SeedSource {

  /// What people and the lineage of rows call it.
  default String label() {
    return switch (this) {
      case File(String file, Optional<String> _, Optional<String> _) -> file;
      case Labels _ -> "labels";
      case Builtin(String name) -> "builtin:" + name;
      case Stream() -> "stream";
    };
  }

  /// A file of one seed a line: JSONL when `field` is given, else plain text.
  ///
  /// @param field the JSON key of the caption
  /// @param groupBy the JSON key of what a caption is about (an image id): one caption a group is
  ///   kept
  record File(String file, Optional<String> field, Optional<String> groupBy)
      implements SeedSource {}

  /// Domain labels in the domain's templates.
  ///
  /// @param domains names of domains: `all` for every one that ships, a file where it ends with
  ///   `.txt`
  /// @param templatesPerLabel at most so many; a domain that has fewer templates gives all
  record Labels(List<String> domains, int templatesPerLabel) implements SeedSource {
    private static final String FILE_SUFFIX = ".txt";

    public Labels {
      domains = List.copyOf(domains);
    }

    /// Whether a domain's name is that of a file.
    public static boolean isFile(String domain) {
      return domain.endsWith(FILE_SUFFIX);
    }

    /// The files among the domains, as they are named.
    public List<String> files() {
      return domains.stream().filter(Labels::isFile).toList();
    }
  }

  /// Seeds that ship with Alicorn.
  record Builtin(String name) implements SeedSource {}

  /// Seeds that are sent over HTTP until the job is sealed.
  record Stream() implements SeedSource {}
}
