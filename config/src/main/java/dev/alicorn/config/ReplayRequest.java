package dev.alicorn.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a replay is asked for with over HTTP.
///
/// @param recipe JSON of what differs from the job's own, for [RecipeFile]
/// @param until the last fact to go by
/// @param name of its dataset
public record ReplayRequest(String recipe, OptionalLong until, Optional<String> name) {
  private static final List<String> KEYS = List.of("recipe", "until", "name");
  private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";

  /// Reads JSON that came over HTTP.
  ///
  /// @param called what errors call the text
  public static ReplayRequest parseJson(String text, String called) throws ConfigException {
    ConfigObject given = ConfSource.json(text, called);
    ConfReader request = ConfReader.of(given, ConfigFactory.empty().root(), KEYS);
    OptionalLong until = request.optionalCount("until");
    Optional<String> name = request.optionalName("name");
    if (name.isPresent() && !name.get().matches(NAME)) {
      throw request.error("name", "use small letters, digits, dots and dashes, at most 64");
    }
    if (until.isPresent() && until.getAsLong() == 0) {
      throw request.error("until", "facts are counted from 1");
    }
    String recipe =
        given.containsKey("recipe")
            ? given.get("recipe").render(ConfigRenderOptions.concise())
            : "{}";
    return new ReplayRequest(recipe, until, name);
  }
}
