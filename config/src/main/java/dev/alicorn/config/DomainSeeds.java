package dev.alicorn.config;

import dev.alicorn.protocol.SeedSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The domains that ship with Alicorn, by name, and those of files.
///
/// A name that ends with `.txt` is a file of the same shape; `all` stands for every domain that
/// ships.
public final class DomainSeeds {
  /// All the names there are, in the order in which `all` gives them.
  public static final List<String> NAMES =
      List.of(
          "birds",
          "buildings",
          "clothing",
          "fish",
          "food",
          "household",
          "insects",
          "mammals",
          "minerals",
          "music",
          "people",
          "plants",
          "produce",
          "reptiles",
          "scenes",
          "tools",
          "trees",
          "vehicles");

  static final String ALL = "all";

  private DomainSeeds() {}

  /// The domains of these names, in their order.
  ///
  /// @param baseFolder what the names of files are relative to
  /// @throws ConfigException at a name that no domain has or that is there twice, and at a file
  ///   that cannot be read as a domain
  public static List<Domain> open(List<String> names, Path baseFolder) throws ConfigException {
    List<String> each = new ArrayList<>();
    for (String name : names) {
      if (name.equals(ALL)) {
        each.addAll(NAMES);
      } else {
        each.add(name);
      }
    }
    List<Domain> domains = new ArrayList<>();
    for (String name : each) {
      Domain domain = open(name, baseFolder);
      if (domains.stream().anyMatch(other -> other.name().equals(domain.name()))) {
        throw new ConfigException(
            "labels", "the domain " + domain.name() + " is there twice; name it once");
      }
      domains.add(domain);
    }
    return domains;
  }

  private static Domain open(String name, Path baseFolder) throws ConfigException {
    if (SeedSource.Labels.isFile(name)) {
      Path file = file(name, baseFolder);
      return DomainFile.read(nameOf(file), ConfSource.text(file), file.toString());
    }
    if (!NAMES.contains(name)) {
      throw new ConfigException(
          "labels",
          "no domain is called \"%s\", the nearest is %s; a file of your own ends with .txt, and those there are: %s"
              .formatted(name, Nearest.to(name, NAMES), String.join(", ", NAMES)));
    }
    String resource = "domains/" + name + ".txt";
    return DomainFile.read(name, Resources.text(resource), resource);
  }

  private static Path file(String name, Path baseFolder) throws ConfigException {
    try {
      return baseFolder.resolve(name);
    } catch (InvalidPathException e) {
      throw new ConfigException(
          "labels", "\"" + name + "\" is no name of a file (" + e.getReason() + "); mend it");
    }
  }

  private static String nameOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }
}
