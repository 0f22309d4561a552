package dev.alicorn.config;

import java.util.List;
import java.util.Locale;

/// A field of things that can be seen: labels, and templates that a label becomes a seed in.
///
/// @param name its key, such as `birds`
/// @param templates each with `{a}`, the label with its article, or `{label}`, the label alone
public record Domain(String name, List<String> templates, List<Label> labels) {
  static final String WITH_ARTICLE = "{a}";
  static final String ALONE = "{label}";

  public Domain {
    templates = List.copyOf(templates);
    labels = List.copyOf(labels);
  }

  /// A label: what a thing is called.
  ///
  /// @param withArticle the same behind its article; where it takes none, as plurals, masses and
  ///   most names, the text itself
  public record Label(String text, String withArticle) {}

  /// The seed that a label is in a template, its first letter a capital.
  public String seed(int label, int template) {
    Label named = labels.get(label);
    String text =
        templates
            .get(template)
            .replace(WITH_ARTICLE, named.withArticle())
            .replace(ALONE, named.text());
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
  }
}
