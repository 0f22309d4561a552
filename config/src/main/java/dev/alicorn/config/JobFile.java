package dev.alicorn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Stage;
import dev.alicorn.protocol.Task;
import java.nio.file.Path;

/// A job as its file says it; the defaults are `job-reference.conf` and the built-in prompts.
///
/// @param folder where relative file names in the spec start: the file's folder, absolute
public record JobFile(JobSpec spec, Path folder) {
  /// All defaults of a job, and `kinds`: what an entry of `seeds` may have, and its defaults.
  static final ConfigObject REFERENCE = ConfSource.resource("job-reference.conf");

  private static final ConfigObject DEFAULTS = defaults();

  /// Reads a `JOB.conf`: HOCON, so JSON with the same keys too.
  public static JobFile load(Path file) throws ConfigException {
    JobSpec spec = read(ConfSource.file(file));
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    return new JobFile(spec, folder == null ? absolute : folder);
  }

  /// Reads HOCON text of someone trusted: it may include files and name environment variables.
  ///
  /// @param name what errors call the text
  public static JobSpec parse(String text, String name) throws ConfigException {
    return read(ConfSource.trusted(text, name));
  }

  /// Reads a job that came over HTTP: JSON alone, which reaches neither files nor the environment,
  /// at most 64 deep and without a key twice.
  ///
  /// @param name what errors call the text
  public static JobSpec parseJson(String text, String name) throws ConfigException {
    return read(ConfSource.json(text, name));
  }

  private static JobSpec read(ConfigObject given) throws ConfigException {
    return JobReader.read(given, DEFAULTS);
  }

  private static ConfigObject defaults() {
    Config defaults = REFERENCE.toConfig().withValue("caption.prompt", builtin(Stage.CAPTION));
    for (Task task : Task.values()) {
      defaults = defaults.withValue("instruct.prompts." + task.key(), builtin(task.stage()));
    }
    return defaults.root();
  }

  private static ConfigValue builtin(Stage stage) {
    return ConfigValueFactory.fromAnyRef(Prompts.builtin(stage), "the built-in prompt");
  }
}
