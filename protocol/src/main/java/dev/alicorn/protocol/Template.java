package dev.alicorn.protocol;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with placeholders, such as `{{caption}}`.
public record Template(String text) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)\\}\\}");

  /// The text with a value in the place of each placeholder; values are not looked into.
  ///
  /// @param values by placeholder, without braces; one that is not among them stays
  public String filled(Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  /// Refuses a text that lacks one of the placeholders, or has another.
  ///
  /// @param key what errors call the text
  /// @throws IllegalArgumentException with one sentence
  void require(String key, Collection<String> placeholders) {
    List<String> found =
        PLACEHOLDER.matcher(text).results().map(placeholder -> placeholder.group(1)).toList();
    for (String placeholder : placeholders) {
      if (!found.contains(placeholder)) {
        throw new IllegalArgumentException(key + ": the text must contain {{" + placeholder + "}}");
      }
    }
    Optional<String> unknown =
        found.stream().filter(placeholder -> !placeholders.contains(placeholder)).findFirst();
    if (unknown.isPresent()) {
      throw new IllegalArgumentException(
          key
              + ": {{"
              + unknown.get()
              + "}} stands for nothing here; what there is: {{"
              + String.join("}}, {{", placeholders)
              + "}}");
    }
  }
}
