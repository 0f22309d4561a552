package dev.alicorn.engine.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The frame of a drawing: a box of 600 by 220, the plane within it, its axes and their labels.
final class Plot {
  static final double LEFT = 62;
  static final double TOP = 22;
  static final double WIDTH = 526;
  static final double HEIGHT = 146;
  private static final int HEIGHT_TICKS_MAX = 4;
  private static final double ROUNDING = 1e-9;

  private final Markup markup;

  private Plot(Markup markup) {
    this.markup = markup;
  }

  static Plot begin(Markup markup, String description) {
    markup.open("svg", "viewBox", "0 0 600 220", "role", "img", "aria-label", description);
    return new Plot(markup);
  }

  void end() {
    markup.close();
  }

  /// A coordinate of the plane, from 0 on the left to 1 on the right.
  static double x(double share) {
    return LEFT + share * WIDTH;
  }

  /// A coordinate of the plane, from 0 at the bottom to 1 at the top.
  static double y(double share) {
    return TOP + (1 - share) * HEIGHT;
  }

  static String at(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }

  /// Lines at round shares, up to the one that the top of the plane stands for.
  void heights(double maximum) {
    for (double tick : ticks(0, maximum, HEIGHT_TICKS_MAX)) {
      double height = y(tick / maximum);
      line(LEFT, height, LEFT + WIDTH, height, "grid");
      text(LEFT - 6, height + 4, "end", "tick", number(100 * tick) + " %");
    }
  }

  /// The round number at or above a positive one that heights are labelled up to.
  static double ceiling(double maximum) {
    double step = step(maximum, HEIGHT_TICKS_MAX);
    return Math.ceil(maximum / step - ROUNDING) * step;
  }

  /// Round numbers between two.
  static List<Double> ticks(double from, double to, int countMax) {
    double step = step(to - from, countMax);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(from / step - ROUNDING); i * step <= to + ROUNDING * step; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /// 1, 2 or 5 times a power of ten, so that a length has at most so many of it.
  private static double step(double length, int countMax) {
    double power = Math.pow(10, Math.floor(Math.log10(length / countMax)));
    for (int factor : new int[] {1, 2, 5}) {
      if (length / (power * factor) <= countMax) {
        return power * factor;
      }
    }
    return 10 * power;
  }

  /// A number of up to four decimals without zeros at the end.
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value).replaceAll("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }

  void below(double share, String label) {
    text(x(share), TOP + HEIGHT + 16, "middle", "tick", label);
  }

  void axis(String name) {
    text(LEFT + WIDTH / 2, TOP + HEIGHT + 36, "middle", "axis", name);
  }

  /// A published value.
  void mark(double share, String label) {
    line(x(share), TOP, x(share), TOP + HEIGHT, "mark");
    String anchor = share < 0.08 ? "start" : share > 0.92 ? "end" : "middle";
    text(x(share), TOP - 8, anchor, "mark-label", label);
  }

  void bar(double from, double to, double height, String style, String tooltip) {
    if (height <= 0) {
      return;
    }
    double top = Math.min(y(height), TOP + HEIGHT - 1);
    markup.open(
        "rect",
        "x",
        at(x(from)),
        "y",
        at(top),
        "width",
        at(Math.max(0.6, x(to) - x(from) - 1)),
        "height",
        at(TOP + HEIGHT - top),
        "class",
        style);
    markup.element("title", tooltip).close();
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    markup
        .open("line", "x1", at(x1), "y1", at(y1), "x2", at(x2), "y2", at(y2), "class", style)
        .close();
  }

  /// A curve through points: x and y by turns, as shares of the plane.
  void curve(double[] points, String style, String tooltip) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      path.append(i == 0 ? "" : " ")
          .append(at(x(points[i])))
          .append(',')
          .append(at(y(points[i + 1])));
    }
    markup.open("polyline", "points", path.toString(), "class", style);
    markup.element("title", tooltip).close();
  }

  private void text(double x, double y, String anchor, String style, String text) {
    markup.element("text", text, "x", at(x), "y", at(y), "text-anchor", anchor, "class", style);
  }
}
