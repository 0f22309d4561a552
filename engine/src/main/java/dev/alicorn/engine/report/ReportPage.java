package dev.alicorn.engine.report;

import dev.alicorn.engine.report.About.Fact;
import dev.alicorn.engine.report.Figures.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The text of `report.html`: one file that loads nothing and runs no script.
final class ReportPage {
  private final Report report;
  private final Optional<Report> other;
  private final Markup markup = new Markup();
  private final Drawing drawing = new Drawing(markup);

  private ReportPage(Report report, Optional<Report> other) {
    this.report = report;
    this.other = other;
  }

  /// @param other a dataset to compare with
  static String of(Report report, Optional<Report> other) {
    return new ReportPage(report, other).text();
  }

  private String text() {
    String name = report.about().name();
    markup.raw("<!doctype html>\n").open("html", "lang", "en").open("head");
    markup.open("meta", "charset", "utf-8");
    markup.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    markup.element("title", name + ": quality report");
    markup.open("style").raw(style()).close().close();
    markup.open("body").open("main");
    markup.element("h1", name);
    markup.element("p", "Quality report by Alicorn", "class", "soft");
    other.ifPresent(second ->
        markup.element(
            "p",
            "Beside it, in the second column: "
                + second.about().name()
                + ". A tick marks the better of two values that differ by 2 % or more, as far as better is known.",
            "class",
            "note"));
    about();
    markup.open("section", "class", "verdicts", "aria-label", "Verdicts");
    List.of(Group.values()).forEach(this::verdict);
    markup.close();
    List.of(Group.values()).forEach(this::group);
    thresholds();
    markup.element(
        "p",
        "Published: Unicorn, arXiv 2503.22655; of embeddings arXiv 2602.07026, with LLM2CLIP. report.json beside this page has all numbers in full.",
        "class",
        "soft");
    markup.close().close().close();
    return markup.toString();
  }

  private List<Report> both() {
    return Stream.concat(Stream.of(report), other.stream()).toList();
  }

  private void about() {
    markup.open("div", "class", "about");
    for (Report each : both()) {
      markup.open("dl");
      for (Fact fact : each.about().facts()) {
        markup.open("div").element("dt", fact.label());
        markup.element("dd", shortened(fact.value()), "title", fact.value()).close();
      }
      markup.close();
    }
    markup.close();
  }

  /// A hash is known by its beginning; report.json has all of it.
  private static String shortened(String value) {
    return value.matches("[0-9a-f]{64}") ? value.substring(0, 12) + "\u2026" : value;
  }

  private void verdict(Group group) {
    markup.open("article", "class", "verdict");
    markup.element("h2", group.title());
    for (Report each : both()) {
      Verdict verdict = each.verdict(group);
      markup.open("div");
      markup.open("p", "class", "level " + verdict.level().key());
      markup.text(verdict.level().key());
      if (other.isPresent()) {
        markup.element("span", " " + each.about().name(), "class", "soft");
      }
      markup.close();
      markup.element("p", verdict.reasons().getFirst() + ".");
      if (verdict.reasons().size() > 1) {
        markup.open("details");
        markup.element("summary", (verdict.reasons().size() - 1) + " more");
        markup.open("ul");
        verdict.reasons().stream().skip(1).forEach(reason -> markup.element("li", reason + "."));
        markup.close().close();
      }
      markup.close();
    }
    markup.close();
  }

  private void group(Group group) {
    markup
        .open("section", "class", other.isPresent() ? "pair" : "group")
        .element("h2", group.title());
    new FigureTable(markup, both()).write(group);
    markup.open("div", "class", "beside");
    for (Report each : both()) {
      List<Chart> charts =
          each.figures().charts().stream().filter(chart -> chart.group() == group).toList();
      List<Examples> examples =
          each.figures().examples().stream().filter(shown -> shown.group() == group).toList();
      markup.open("div");
      if (other.isPresent() && !(charts.isEmpty() && examples.isEmpty())) {
        markup.element("h3", each.about().name());
      }
      markup.open("div", "class", "charts");
      charts.forEach(drawing::draw);
      markup.close();
      examples.forEach(this::examples);
      markup.close();
    }
    markup.close().close();
  }

  private void examples(Examples examples) {
    markup.open("details", "class", "examples");
    markup.element("summary", examples.title());
    markup.open("ul");
    for (Worst.Row row : examples.rows()) {
      markup.open("li");
      markup.element("strong", "id " + row.id()).text(" ");
      markup.element("span", row.note(), "class", "soft");
      markup.element("blockquote", row.text());
      markup.close();
    }
    markup.close().close();
  }

  private void thresholds() {
    markup.open("section").open("details").element("summary", "All limits of the verdicts");
    markup.open("div", "class", "scroll").open("table").open("tr");
    Stream.of("Figure", "Limits", "Why")
        .forEach(head -> markup.element("th", head, "scope", "col"));
    markup.close();
    for (Rule rule : Rules.ALL) {
      markup.open("tr");
      markup.element("th", rule.measure().meaning().label(), "scope", "row");
      markup.element("td", rule.limits().text(rule.measure()));
      markup.element("td", rule.sentence());
      markup.close();
    }
    markup.close().close().close().close();
  }

  private static String style() {
    try (InputStream in =
        Objects.requireNonNull(
            ReportPage.class.getResourceAsStream("report.css"), "report.css is missing")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
