package dev.alicorn.engine.report;

import java.util.List;
import java.util.OptionalDouble;

/// The figures of a group, one or two datasets beside what was published.
final class FigureTable {
  private final Markup markup;
  private final List<Report> reports;

  FigureTable(Markup markup, List<Report> reports) {
    this.markup = markup;
    this.reports = reports;
  }

  void write(Group group) {
    markup.open("table", "class", "figures").open("tr").element("th", "Figure", "scope", "col");
    for (Report report : reports) {
      markup.element("th", reports.size() == 1 ? "Here" : report.about().name(), "scope", "col");
    }
    markup.element("th", "Published", "scope", "col").close();
    Measure.of(group).forEach(this::line);
    markup.close();
  }

  private void line(Measure measure) {
    Difference difference =
        reports.size() == 1
            ? Difference.NONE
            : Difference.of(
                measure,
                reports.getFirst().figures().value(measure),
                reports.getLast().figures().value(measure));
    Measure.Meaning meaning = measure.meaning();
    markup.open("tr", "class", difference.differs() ? "differs" : "");
    markup.open("th", "scope", "row", "title", meaning.definition()).open("details");
    markup.element("summary", meaning.label());
    markup.element("p", meaning.definition(), "class", "soft");
    markup.close().close();
    for (int i = 0; i < reports.size(); i++) {
      Difference.Side side = i == 0 ? Difference.Side.FIRST : Difference.Side.SECOND;
      cell(reports.get(i), measure, difference.better() == side);
    }
    markup.element("td", meaning.published(), "class", "number soft").close();
  }

  private void cell(Report report, Measure measure, boolean better) {
    OptionalDouble value = report.figures().value(measure);
    if (value.isEmpty()) {
      String why = report.figures().absence(measure).orElse("");
      markup.open("td", "class", "number").open("details", "class", "absent");
      markup.element("summary", "\u2013").element("p", why, "class", "soft").close().close();
      return;
    }
    Level level = level(report, measure);
    markup.open("td", "class", "number " + (level == Level.GOOD ? "" : level.key()));
    markup.text(measure.text(value.getAsDouble()));
    if (better) {
      markup.element("span", " \u2713", "class", "better", "title", "the better one");
    }
    markup.close();
  }

  private static Level level(Report report, Measure measure) {
    return Rules.ALL.stream()
        .filter(rule -> rule.measure() == measure)
        .flatMap(rule -> rule.broken(report.figures()).stream())
        .map(Rule.Broken::level)
        .max(Level::compareTo)
        .orElse(Level.GOOD);
  }
}
