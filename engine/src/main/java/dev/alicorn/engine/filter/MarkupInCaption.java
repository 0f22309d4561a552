package dev.alicorn.engine.filter;

import dev.alicorn.protocol.Filter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Captions that were no paragraph: lists, headings, tables, bold type. They are one line by now,
/// so a mark counts where it stands at the start of what was one.
record MarkupInCaption() implements CaptionFilter {
  private static final String SIGNS = "*#|`•";
  private static final Pattern MARK =
      Pattern.compile(
          "\\*\\*\\S|\\A#{1,6} |[.:!?] (?:#{1,6} |[-*•] |\\d{1,2}[.)] )\\S|\\A(?:[-*•] |1[.)] )|\\|[^|]{1,80}\\|[^|]{1,80}\\||```");

  @Override
  public Filter filter() {
    return Filter.MARKUP;
  }

  @Override
  public Optional<String> fault(String seed, String caption, double limit) {
    if (!isSuspicious(caption)) {
      return Optional.empty();
    }
    Matcher mark = MARK.matcher(caption);
    return mark.find() ? Optional.of(mark.group().strip()) : Optional.empty();
  }

  /// Whether a text has what every mark has; most captions have nothing of it.
  private static boolean isSuspicious(String caption) {
    for (int i = 0; i < SIGNS.length(); i++) {
      if (caption.indexOf(SIGNS.charAt(i)) >= 0) {
        return true;
      }
    }
    return caption.contains("- ") || hasDigitBefore(". ", caption) || hasDigitBefore(") ", caption);
  }

  private static boolean hasDigitBefore(String end, String caption) {
    for (int at = caption.indexOf(end); at >= 0; at = caption.indexOf(end, at + 1)) {
      if (at > 0 && caption.charAt(at - 1) >= '0' && caption.charAt(at - 1) <= '9') {
        return true;
      }
    }
    return false;
  }

  @Override
  public String complaint(double limit) {
    return "Your caption was formatted. Write one plain paragraph, without lists or headings.";
  }
}
