package dev.alicorn.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.List;

/// A folder that defines a task: `task.conf` says how a reply is read, `prompt.md` is what is
/// asked, `schema.json` what a reply looks like. The tasks that ship with Alicorn are such folders
/// too.
final class TaskFolder {
  /// The tasks that ship with Alicorn.
  static final List<String> BUILTIN =
      List.of("complex_reasoning", "multiple_choice", "question_answering");

  private static final String CONF = "task.conf";
  private static final List<String> CONF_KEYS = List.of("reply");
  private static final String PROMPT = "prompt.md";
  private static final String SCHEMA = "schema.json";

  private TaskFolder() {}

  /// The keys `reply`, `prompt` and `schema` of a task that a user wrote.
  static ConfigObject read(Path folder) throws ConfigException {
    return definition(
        ConfSource.file(folder.resolve(CONF)),
        text(folder.resolve(PROMPT)),
        text(folder.resolve(SCHEMA)));
  }

  /// The same of a task that ships with Alicorn.
  static ConfigObject builtin(String name) {
    String folder = "tasks/" + name + "/";
    try {
      return definition(
          ConfSource.resource(folder + CONF),
          ConfigValueFactory.fromAnyRef(Resources.text(folder + PROMPT), folder + PROMPT),
          ConfigValueFactory.fromAnyRef(Resources.text(folder + SCHEMA), folder + SCHEMA));
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }

  /// A file's text, which knows where it is from.
  static ConfigValue text(Path file) throws ConfigException {
    return ConfigValueFactory.fromAnyRef(ConfSource.text(file), file.toString());
  }

  private static ConfigObject definition(ConfigObject conf, ConfigValue prompt, ConfigValue schema)
      throws ConfigException {
    ConfReader.of(conf, ConfNode.NOTHING, CONF_KEYS);
    return conf.withValue("prompt", prompt).withValue("schema", schema);
  }
}
