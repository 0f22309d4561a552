package dev.alicorn.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.Recipe;
import dev.alicorn.protocol.TaskName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The reader of a `RECIPE.conf`: the keys of a job that may differ between two replays of its
/// journal, over what the job itself says.
public final class RecipeFile {
  static final List<String> KEYS =
      List.of("instruct", "filters", "transfer", "dataset", "random_seed");
  static final List<String> INSTRUCT = List.of("tasks", "repair");

  private RecipeFile() {}

  /// The recipe of a file; what it leaves out is as in `base`.
  public static Recipe load(Path file, JobSpec base) throws ConfigException {
    Optional<Path> folder = Optional.ofNullable(file.toAbsolutePath().normalize().getParent());
    return read(AnchorFile.inlined(ConfSource.file(file), folder), base);
  }

  /// The recipe of HOCON text of someone trusted; what it leaves out is as in `base`.
  ///
  /// @param name what errors call the text
  public static Recipe parse(String text, String name, JobSpec base) throws ConfigException {
    return read(AnchorFile.inlined(ConfSource.trusted(text, name), here()), base);
  }

  /// The recipe of JSON that came over HTTP; what it leaves out is as in `base`.
  ///
  /// @param name what errors call the text
  public static Recipe parseJson(String text, String name, JobSpec base) throws ConfigException {
    return read(AnchorFile.inlined(ConfSource.json(text, name), Optional.empty()), base);
  }

  /// A transfer with what options of a command name instead.
  ///
  /// @param anchor a file of statistics
  public static JobSpec.Transfer transfer(
      JobSpec.Transfer base, Optional<String> method, Optional<Path> anchor)
      throws ConfigException {
    Map<String, String> keys = new HashMap<>();
    method.ifPresent(name -> keys.put("method", name));
    anchor.ifPresent(file -> keys.put("anchor", file.toString()));
    ConfigObject given =
        AnchorFile.inlined(
            ConfigValueFactory.fromMap(Map.of("transfer", keys), "the options"), here());
    String own =
        JsonText.compact(json -> {
          json.writeStartObject();
          RecipeJson.transfer(json, base);
          json.writeEndObject();
        });
    ConfReader recipe = ConfReader.of(given, over(ConfSource.json(own, "the recipe")), KEYS);
    return TransferReader.read(recipe.object("transfer", TransferReader.KEYS));
  }

  private static Optional<Path> here() {
    return Optional.of(Path.of("").toAbsolutePath());
  }

  /// A recipe with the defaults of methods that it does not name, and the limits of filters that it
  /// leaves out.
  private static ConfigObject over(ConfigObject recipe) {
    return recipe
        .withFallback(JobFile.REFERENCE.toConfig().withOnlyPath("transfer"))
        .withFallback(FilterReader.limits());
  }

  private static Recipe read(ConfigObject given, JobSpec base) throws ConfigException {
    ConfigObject defaults =
        over(ConfSource.json(RecipeJson.write(base.recipe()), "the job's own recipe"));
    ConfReader recipe = ConfReader.of(given, defaults, KEYS);
    ConfReader instruct = recipe.object("instruct", INSTRUCT);
    return new Recipe(
        tasks(instruct, base),
        JobReader.repair(instruct),
        FilterReader.read(recipe),
        TransferReader.read(recipe.object("transfer", TransferReader.KEYS)),
        JobReader.dataset(recipe.object("dataset", JobReader.DATASET)),
        recipe.whole("random_seed"));
  }

  /// The counts of `tasks`, all of which are the job's.
  private static Map<TaskName, Long> tasks(ConfReader instruct, JobSpec base)
      throws ConfigException {
    List<String> names = base.instruct().tasks().stream().map(task -> task.name().key()).toList();
    ConfReader counts = instruct.replacedObject("tasks", names);
    Map<TaskName, Long> tasks = new TreeMap<>();
    for (String name : names) {
      if (counts.has(name)) {
        tasks.put(new TaskName(name), counts.count(name));
      }
    }
    return tasks;
  }
}
