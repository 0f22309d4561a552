package dev.alicorn.engine.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// HTML or SVG in the making; whatever is given as text is text.
final class Markup {
  /// Elements of HTML that have no end.
  private static final Set<String> VOID = Set.of("meta", "br");

  private final StringBuilder written = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /// Begins an element.
  ///
  /// @param attributes names and values by turns
  Markup open(String element, String... attributes) {
    written.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      written.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      written.append('"');
    }
    written.append('>');
    if (!VOID.contains(element)) {
      open.push(element);
    }
    return this;
  }

  Markup close() {
    written.append("</").append(open.pop()).append(">\n");
    return this;
  }

  Markup text(String text) {
    escape(text);
    return this;
  }

  /// An element that holds text alone.
  Markup element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /// Markup of our own, such as a style sheet.
  Markup raw(String markup) {
    written.append(markup);
    return this;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '&' -> written.append("&amp;");
        case '<' -> written.append("&lt;");
        case '>' -> written.append("&gt;");
        case '"' -> written.append("&quot;");
        default -> written.append(Character.isISOControl(unit) && unit != '\n' ? ' ' : unit);
      }
    }
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return written.toString();
  }
}
