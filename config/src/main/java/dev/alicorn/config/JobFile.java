package dev.alicorn.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import dev.alicorn.protocol.JobSpec;
import java.nio.file.Path;
import java.util.Optional;

/// A job as its file says it; the defaults are `job-reference.conf` and the built-in prompts and
/// tasks.
///
/// @param folder where relative file names in the spec start: the file's folder, absolute
public record JobFile(JobSpec spec, Path folder) {
  /// All defaults of a job, and `kinds`: what an entry of `seeds` may have, and its defaults.
  static final ConfigObject REFERENCE = ConfSource.resource("job-reference.conf");

  private static final ConfigObject DEFAULTS = defaults();

  /// Reads a `JOB.conf`: HOCON, so JSON with the same keys too.
  public static JobFile load(Path file) throws ConfigException {
    Path absolute = file.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    Path folder = parent == null ? absolute : parent;
    return new JobFile(read(ConfSource.file(file), Optional.of(folder)), folder);
  }

  /// Reads HOCON text of someone trusted: it may include files, name some from the current folder
  /// on, and name environment variables.
  ///
  /// @param name what errors call the text
  public static JobSpec parse(String text, String name) throws ConfigException {
    return read(ConfSource.trusted(text, name), Optional.of(Path.of("").toAbsolutePath()));
  }

  /// Reads a job that came over HTTP: JSON alone, which reaches neither files nor the environment,
  /// at most 64 deep and without a key twice.
  ///
  /// @param name what errors call the text
  public static JobSpec parseJson(String text, String name) throws ConfigException {
    return read(ConfSource.json(text, name), Optional.empty());
  }

  private static JobSpec read(ConfigObject given, Optional<Path> folder) throws ConfigException {
    return JobReader.read(new JobTexts(folder).of(AnchorFile.inlined(given, folder)), DEFAULTS);
  }

  private static ConfigObject defaults() {
    return REFERENCE
        .toConfig()
        .withoutPath("instruct.tasks")
        .withValue(
            "caption.prompt",
            ConfigValueFactory.fromAnyRef(
                Resources.text("prompts/caption.md"), "the built-in prompt"))
        .root();
  }
}
