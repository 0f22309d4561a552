package dev.alicorn.engine.report;

import dev.alicorn.engine.report.Chart.Bar;
import dev.alicorn.engine.report.Chart.Bars;
import dev.alicorn.engine.report.Chart.Curve;
import dev.alicorn.engine.report.Chart.Histogram;
import dev.alicorn.engine.report.Chart.Line;
import dev.alicorn.engine.report.Chart.Mark;
import dev.alicorn.engine.report.Chart.Series;
import dev.alicorn.engine.report.Chart.Spectra;
import dev.alicorn.engine.report.Chart.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Charts as they stand on the page.
final class Drawing {
  private static final int CURVE_POINTS_MAX = 200;
  private static final int TICKS_MAX = 8;
  private static final int BINS_MIN = 10;

  private final Markup markup;

  Drawing(Markup markup) {
    this.markup = markup;
  }

  void draw(Chart chart) {
    markup.open("figure", "class", chart instanceof Table ? "wide" : "chart");
    markup.element("figcaption", chart.title());
    switch (chart) {
      case Histogram histogram -> histogram(histogram);
      case Bars bars -> bars(bars);
      case Spectra spectra -> spectra(spectra);
      case Table table -> table(table);
    }
    markup.close();
  }

  private void histogram(Histogram chart) {
    int first = 0;
    int last = chart.series().getFirst().counts().size() - 1;
    while (!chart.open() && first < last && isEmpty(chart, first) && !isMarked(chart, first)) {
      first++;
    }
    while (last > first && isEmpty(chart, last) && !isMarked(chart, last)) {
      last--;
    }
    while (last - first < BINS_MIN - 1 && last < chart.series().getFirst().counts().size() - 1) {
      last++;
    }
    first = Math.max(0, Math.min(first, last - BINS_MIN + 1));
    int bins = last - first + 1;
    double highest = 0;
    for (Series series : chart.series()) {
      double total = total(series);
      for (int bin = first; bin <= last; bin++) {
        highest = Math.max(highest, series.counts().get(bin) / total);
      }
    }
    highest = Plot.ceiling(highest);
    legend(chart.series().stream().map(Series::name).toList());
    Plot plot = Plot.begin(markup, chart.title() + ", a histogram");
    plot.heights(highest);
    for (int number = 0; number < chart.series().size(); number++) {
      Series series = chart.series().get(number);
      for (int bin = first; bin <= last; bin++) {
        double share = series.counts().get(bin) / total(series);
        plot.bar(
            (double) (bin - first) / bins,
            (double) (bin - first + 1) / bins,
            share / highest,
            "bar series-" + (number + 1),
            "%s %s: %s, %s"
                .formatted(
                    range(chart, bin),
                    series.name().isEmpty() ? chart.axis() : series.name(),
                    count(series.counts().get(bin)),
                    Format.SHARE.of(share)));
      }
    }
    double from = chart.from() + first * chart.width();
    double middle = chart.width() == 1 ? 0.5 : 0;
    for (double tick : Plot.ticks(from, from + (bins - 2 * middle) * chart.width(), TICKS_MAX)) {
      plot.below(((tick - from) / chart.width() + middle) / bins, Plot.number(tick));
    }
    for (Mark mark : chart.marks()) {
      double bin = (mark.at() - chart.from()) / chart.width() - first;
      plot.mark(bin / bins, mark.label() + " " + Plot.number(mark.at()));
    }
    plot.axis(chart.axis());
    plot.end();
  }

  private static boolean isEmpty(Histogram chart, int bin) {
    return chart.series().stream().allMatch(series -> series.counts().get(bin) == 0);
  }

  private static boolean isMarked(Histogram chart, int bin) {
    double from = chart.from() + bin * chart.width();
    return chart.marks().stream()
        .anyMatch(mark -> mark.at() >= from && mark.at() < from + chart.width());
  }

  private static double total(Series series) {
    return Math.max(1, series.total());
  }

  private static String range(Histogram chart, int bin) {
    double from = chart.from() + bin * chart.width();
    if (chart.open() && bin == chart.series().getFirst().counts().size() - 1) {
      return Plot.number(from) + " and more";
    }
    return chart.width() == 1
        ? Plot.number(from)
        : Plot.number(from) + " to " + Plot.number(from + chart.width());
  }

  /// Lines of a name, a bar and a count: they hold long names at any width of the page.
  private void bars(Bars chart) {
    double highest = chart.bars().stream().mapToLong(Bar::count).max().orElse(1);
    double total = Math.max(1, chart.bars().stream().mapToLong(Bar::count).sum());
    markup.open("table", "class", "bars");
    for (Bar bar : chart.bars()) {
      markup.open("tr").element("th", bar.name(), "scope", "row").open("td");
      markup.open(
          "svg", "viewBox", "0 0 100 10", "preserveAspectRatio", "none", "aria-hidden", "true");
      markup
          .open(
              "rect",
              "width",
              Plot.at(100 * bar.count() / highest),
              "height",
              "10",
              "class",
              "bar series-1")
          .close();
      if (chart.fair() > 0) {
        String at = Plot.at(100 * chart.fair() / highest);
        markup.open("line", "x1", at, "x2", at, "y1", "0", "y2", "10", "class", "mark").close();
      }
      markup.close().close();
      markup.element(
          "td",
          count(bar.count()) + " \u00b7 " + Format.SHARE.of(bar.count() / total),
          "class",
          "number");
      markup.close();
    }
    markup.close();
    if (chart.fair() > 0) {
      markup.element("p", "The line is where all would be even.", "class", "soft");
    }
  }

  private void spectra(Spectra chart) {
    legend(chart.curves().stream().map(Curve::name).toList());
    int directions = chart.curves().getFirst().shares().size();
    Plot plot = Plot.begin(markup, chart.title() + ", a curve over the count of directions");
    plot.heights(1);
    double decades = Math.max(1e-9, Math.log10(directions));
    for (int power = 1; power <= directions; power *= 10) {
      plot.below(Math.log10(power) / decades, count(power));
    }
    for (int number = 0; number < chart.curves().size(); number++) {
      Curve curve = chart.curves().get(number);
      plot.curve(points(curve.shares(), decades), "curve series-" + (number + 1), curve.name());
    }
    plot.axis("widest directions, of " + directions);
    plot.end();
  }

  /// Few of the directions where they lie close.
  private static double[] points(List<Double> shares, double decades) {
    int[] chosen =
        IntStream.rangeClosed(0, CURVE_POINTS_MAX)
            .map(i -> (int) Math.round(Math.pow(10, decades * i / CURVE_POINTS_MAX)))
            .map(direction -> Math.min(direction, shares.size()))
            .distinct()
            .toArray();
    double[] points = new double[2 * chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      points[2 * i] = Math.log10(chosen[i]) / decades;
      points[2 * i + 1] = shares.get(chosen[i] - 1);
    }
    return points;
  }

  private void legend(List<String> names) {
    if (names.size() < 2) {
      return;
    }
    markup.open("p", "class", "legend");
    for (int number = 0; number < names.size(); number++) {
      markup.element("span", names.get(number), "class", "key series-" + (number + 1));
    }
    markup.close();
  }

  private void table(Table table) {
    markup.open("div", "class", "scroll").open("table", "class", "numbers").open("tr");
    table.columns().forEach(column -> markup.element("th", column, "scope", "col"));
    markup.close();
    for (Line line : table.lines()) {
      markup.open("tr").element("th", line.name(), "scope", "row");
      line.cells().forEach(cell -> markup.element("td", cell, "class", "number"));
      markup.close();
    }
    markup.close().close();
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
