package dev.alicorn.engine.filter;

import dev.alicorn.protocol.Filter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Captions that were no paragraph: lists, headings, tables, bold type. They are one line by now,
/// so a mark counts where it stands at the start of what was one.
record MarkupInCaption() implements CaptionFilter {
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

  /// Whether a text has a character that every mark has; most captions have none.
  private static boolean isSuspicious(String caption) {
    for (int i = 0; i < caption.length(); i++) {
      char next = i + 1 < caption.length() ? caption.charAt(i + 1) : ' ';
      switch (caption.charAt(i)) {
        case '*', '#', '|', '`', '•' -> {
          return true;
        }
        case '-' -> {
          if (next == ' ') {
            return true;
          }
        }
        case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
          if (next == '.' || next == ')') {
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }

  @Override
  public String complaint(double limit) {
    return "Your caption was formatted. Write one plain paragraph, without lists or headings.";
  }
}
