package dev.alicorn.config;

import dev.alicorn.config.Domain.Label;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The reader of a domain's file: a line with `{a}` or `{label}` is a template, every other one a
/// label; blank lines and those that start with `#` say nothing.
///
/// A label gets `a` or `an` by [Article], unless it comes with its article: `an`, `a` or `the`
/// before it, or `-` for none.
final class DomainFile {
  /// Longest line, in characters.
  static final int LINE_CHARS_MAX = 400;

  private static final Pattern MARK = Pattern.compile("(-|a|an|the) +(.*)");
  private static final Pattern FIELD = Pattern.compile("\\{([^}]*)}?");
  private static final Set<String> FIELDS = Set.of(Domain.WITH_ARTICLE, Domain.ALONE);

  private DomainFile() {}

  /// Reads a domain.
  ///
  /// @param where what messages call the text
  /// @throws ConfigException with the line that is at fault
  static Domain read(String name, String text, String where) throws ConfigException {
    List<String> templates = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String place = where + ":" + number;
      if (line.length() > LINE_CHARS_MAX) {
        throw new ConfigException(
            place, "a template or a label has at most " + LINE_CHARS_MAX + " characters");
      }
      if (line.indexOf('{') >= 0) {
        templates.add(template(line, place));
        continue;
      }
      Label label = label(line, place);
      if (!seen.add(label.text())) {
        throw new ConfigException(place, "\"" + label.text() + "\" is there twice; take one out");
      }
      labels.add(label);
    }
    if (templates.isEmpty()) {
      throw new ConfigException(
          where, "it has no template; write a line such as: A photo of {a} in a garden.");
    }
    if (labels.isEmpty()) {
      throw new ConfigException(where, "it has no label; write one a line");
    }
    return new Domain(name, templates, labels);
  }

  private static String template(String line, String place) throws ConfigException {
    Matcher field = FIELD.matcher(line);
    while (field.find()) {
      if (!FIELDS.contains(field.group())) {
        throw new ConfigException(
            place,
            "a template knows {a}, the label with its article, and {label}, not " + field.group());
      }
    }
    return line;
  }

  private static Label label(String line, String place) throws ConfigException {
    Matcher mark = MARK.matcher(line);
    if (!mark.matches()) {
      if (line.equals("-")) {
        throw new ConfigException(place, "behind the - comes a label");
      }
      return new Label(line, Article.before(line));
    }
    String text = mark.group(2);
    return new Label(text, mark.group(1).equals("-") ? text : mark.group(1) + " " + text);
  }
}
