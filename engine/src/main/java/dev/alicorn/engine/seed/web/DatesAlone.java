package dev.alicorn.engine.seed.web;

import java.time.DayOfWeek;
import java.time.Month;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Something beside the parts of a date.
final class DatesAlone implements WebRule {
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:st|nd|rd|th|s|am|pm)?(?:-\\d+)*");

  /// Names of months and days, and their first three letters.
  private static final Set<String> NAMES =
      Stream.concat(
              Stream.of(Month.values()).map(Enum::name),
              Stream.of(DayOfWeek.values()).map(Enum::name))
          .map(name -> name.toLowerCase(Locale.ROOT))
          .flatMap(name -> Stream.of(name, name.substring(0, 3)))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> LINKS =
      Set.of("the", "of", "on", "in", "at", "am", "pm", "and", "to");

  @Override
  public Optional<String> against(WebText text) {
    return text.words().stream()
            .allMatch(word ->
                NAMES.contains(word) || LINKS.contains(word) || NUMBER.matcher(word).matches())
        ? Optional.of("a date alone")
        : Optional.empty();
  }
}
