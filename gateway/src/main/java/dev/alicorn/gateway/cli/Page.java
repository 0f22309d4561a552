package dev.alicorn.gateway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Text for a terminal: headings, labelled lines and blocks, wrapped, with nothing in it that a
/// terminal would obey.
final class Page {
  private static final int WIDTH = 100;
  private static final int LABEL_WIDTH = 12;
  private static final int BLOCK_INDENT = 6;
  private static final int BLOCK_HEAD_LINES = 9;
  private static final int BLOCK_TAIL_LINES = 4;

  private final PrintWriter out;
  private final boolean full;

  /// @param full whether blocks are shown to their ends
  Page(PrintWriter out, boolean full) {
    this.out = out;
    this.full = full;
  }

  void title(String text) {
    wrap(text, WIDTH).forEach(out::println);
  }

  /// Begins a part of its own.
  void heading(String text) {
    out.println();
    title(text);
  }

  /// Begins a smaller part.
  void subheading(String text) {
    out.println();
    lines("  ", "  ", text);
  }

  void line(String label, String text) {
    lines(
        ("    " + label + " ".repeat(LABEL_WIDTH)).substring(0, 4 + LABEL_WIDTH),
        " ".repeat(4 + LABEL_WIDTH),
        text);
  }

  /// A longer text below a label, without its middle: what is special often stands last.
  void block(String label, String text) {
    lines("    ", "    ", label);
    List<String> lines =
        text.lines().flatMap(line -> wrap(line, WIDTH - BLOCK_INDENT).stream()).toList();
    int left = lines.size() - BLOCK_HEAD_LINES - BLOCK_TAIL_LINES;
    // To say that a line is missing takes as much room as it does.
    if (full || left <= 1) {
      lines.forEach(this::indented);
      return;
    }
    lines.subList(0, BLOCK_HEAD_LINES).forEach(this::indented);
    indented("… " + left + " lines, which --full shows …");
    lines.subList(lines.size() - BLOCK_TAIL_LINES, lines.size()).forEach(this::indented);
  }

  private void indented(String line) {
    out.println((" ".repeat(BLOCK_INDENT) + line).stripTrailing());
  }

  private void lines(String first, String others, String text) {
    String indent = first;
    for (String line : wrap(text, WIDTH - first.length())) {
      out.println((indent + line).stripTrailing());
      indent = others;
    }
  }

  /// One line as several of at most so many characters, broken at spaces where there are any; what
  /// a line began with in spaces, those it goes on in begin with too.
  static List<String> wrap(String line, int width) {
    String text = harmless(line).stripTrailing();
    String indent =
        text.substring(0, Math.min(text.length() - text.stripLeading().length(), width / 2));
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > indent.length() ? space : beforeSurrogate(rest, width);
      lines.add(rest.substring(0, end).stripTrailing());
      rest = indent + rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  private static int beforeSurrogate(String text, int end) {
    return Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
  }

  private static String harmless(String text) {
    StringBuilder harmless = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (point == '\t' || point == '\n' || point == '\r') {
            harmless.append(' ');
          } else {
            harmless.appendCodePoint(
                Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
                    ? '\uFFFD'
                    : point);
          }
        });
    return harmless.toString();
  }
}
