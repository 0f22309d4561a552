package dev.alicorn.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The keys of a job with texts in the place of the names of files, folders and built-in tasks, so
/// that a job stands for itself from there on.
///
/// A text of one line that ends in `.md` or `.json`, and has no placeholder, names a file. What is
/// not as it should be is left as it is: the reader of the keys says so.
final class JobTexts {
  private static final ConfigObject REPLY =
      JobFile.REFERENCE.toConfig().getObject("kinds.task.reply");

  private final Optional<Path> folder;

  /// @param folder where relative names start; without one no file may be named
  JobTexts(Optional<Path> folder) {
    this.folder = folder;
  }

  /// The job's keys; where they have no tasks, the default ones.
  ConfigObject of(ConfigObject job) throws ConfigException {
    ConfigObject written = job;
    if (job.get("caption") instanceof ConfigObject caption) {
      written = written.withValue("caption", withText(caption, "caption", "prompt", ".md"));
    }
    ConfigValue instruct =
        job.containsKey("instruct")
            ? job.get("instruct")
            : ConfNode.NOTHING.withOrigin(job.origin());
    if (!(instruct instanceof ConfigObject keys)) {
      return written;
    }
    ConfigValue tasks =
        keys.containsKey("tasks")
            ? keys.get("tasks")
            : JobFile.REFERENCE.toConfig().getObject("instruct.tasks");
    return tasks instanceof ConfigObject entries
        ? written.withValue("instruct", keys.withValue("tasks", tasks(entries)))
        : written;
  }

  private ConfigObject tasks(ConfigObject entries) throws ConfigException {
    ConfigObject written = entries;
    for (Map.Entry<String, ConfigValue> entry : entries.entrySet()) {
      ConfigValue value = entry.getValue();
      if (ConfNode.scalarText(value).isPresent()) {
        value = ConfNode.NOTHING.withOrigin(value.origin()).withValue("count", value);
      }
      if (value instanceof ConfigObject task) {
        written = written.withValue(entry.getKey(), task(entry.getKey(), task));
      }
    }
    return written;
  }

  private ConfigObject task(String name, ConfigObject given) throws ConfigException {
    String key = "instruct.tasks." + name;
    ConfigObject own = withText(withText(given, key, "prompt", ".md"), key, "schema", ".json");
    ConfigObject task = over(own.withoutKey("folder"), definition(name, given));
    ConfigValue reply = task.containsKey("reply") ? task.get("reply") : ConfNode.NOTHING;
    return reply instanceof ConfigObject keys ? task.withValue("reply", over(keys, REPLY)) : task;
  }

  /// What a task's folder, or the built-in task of its name, says of it.
  private ConfigObject definition(String name, ConfigObject given) throws ConfigException {
    String key = "instruct.tasks." + name;
    ConfigValue named = given.get("folder");
    if (named != null && named.valueType() != ConfigValueType.NULL) {
      Path at = file(key + ".folder", named);
      try {
        return TaskFolder.read(at);
      } catch (ConfigException e) {
        throw ConfNode.fault(named.origin(), key + ".folder: " + e.getMessage());
      }
    }
    if (TaskFolder.BUILTIN.contains(name)) {
      return TaskFolder.builtin(name);
    }
    if (!given.containsKey("prompt") && !given.containsKey("schema")) {
      throw ConfNode.fault(
          given.origin(),
          "%s: no task of that name ships with Alicorn; did you mean %s? One of your own has a folder, or prompt and schema"
              .formatted(key, Nearest.to(name, TaskFolder.BUILTIN)));
    }
    return ConfNode.NOTHING;
  }

  private ConfigObject withText(ConfigObject given, String object, String key, String end)
      throws ConfigException {
    ConfigValue value = given.get(key);
    if (value == null || value.valueType() != ConfigValueType.STRING) {
      return given;
    }
    String text = value.unwrapped().toString();
    if (!text.endsWith(end) || text.contains("\n") || text.contains("{{")) {
      return given;
    }
    Path file = file(object + "." + key, value);
    try {
      return given.withValue(key, TaskFolder.text(file));
    } catch (ConfigException e) {
      throw ConfNode.fault(value.origin(), object + "." + key + ": " + e.getMessage());
    }
  }

  private Path file(String key, ConfigValue name) throws ConfigException {
    if (folder.isEmpty()) {
      throw ConfNode.fault(
          name.origin(), key + ": a job that is sent names no files; write the texts themselves");
    }
    return folder.get().resolve(ConfNode.scalarText(name).orElse("")).normalize();
  }

  /// The keys of one object over another's, for errors at the place of the first.
  private static ConfigObject over(ConfigObject keys, ConfigObject fallback) {
    return keys.withFallback(fallback).withOrigin(keys.origin());
  }
}
