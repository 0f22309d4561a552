package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.engine.seed.SeedRow;
import dev.alicorn.engine.seed.SeedSurvey;
import java.io.PrintWriter;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToLongFunction;

/// What a job's sources give, for people and for programs.
final class SeedsReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String job;
  private final SeedSurvey survey;

  SeedsReport(String job, SeedSurvey survey) {
    this.job = job;
    this.survey = survey;
  }

  void print(PrintWriter out) {
    Page page = new Page(out, true);
    page.title("seeds of job " + job);
    TextTable table = new TextTable();
    table.row(List.of("source", "rows", "seeds", "refused", "left out"));
    survey.sources().forEach(source -> table.row(row(source)));
    table.row(
        List.of(
            "total",
            total(SeedSurvey.Source::rows),
            Amounts.count(survey.seeds()),
            total(SeedSurvey.Source::refusedRows),
            total(SeedSurvey.Source::leftOutRows)));
    table.print(out);
    for (SeedSurvey.Source source : survey.sources()) {
      if (source.rows() > source.seeds()) {
        page.heading(source.label());
        printReasons(page, "refused", source.refused());
        printReasons(page, "left out", source.leftOut());
      }
    }
    if (!survey.sample().isEmpty()) {
      page.heading(
          "%s of %s seeds"
              .formatted(Amounts.count(survey.sample().size()), Amounts.count(survey.seeds())));
      survey.sample().forEach(seed -> page.block(place(seed), seed.text()));
    }
  }

  private static List<String> row(SeedSurvey.Source source) {
    return List.of(
        source.label(),
        Amounts.count(source.rows()),
        Amounts.count(source.seeds()),
        Amounts.count(source.refusedRows()),
        Amounts.count(source.leftOutRows()));
  }

  private String total(ToLongFunction<SeedSurvey.Source> of) {
    return Amounts.count(survey.sources().stream().mapToLong(of).sum());
  }

  private static void printReasons(Page page, String what, SortedMap<String, Long> reasons) {
    reasons.forEach((reason, rows) -> page.line(what, Amounts.count(rows) + "  " + reason));
  }

  /// The number of its source, from 1, and its row; a label's row begins with its domain.
  private static String place(SeedRow.Seed seed) {
    return (seed.source() + 1) + ":" + seed.key();
  }

  String json() {
    ObjectNode report = JSON.createObjectNode().put("job", job).put("seeds", survey.seeds());
    ArrayNode sources = report.putArray("sources");
    for (SeedSurvey.Source source : survey.sources()) {
      ObjectNode told =
          sources
              .addObject()
              .put("source", source.label())
              .put("rows", source.rows())
              .put("seeds", source.seeds());
      ObjectNode refused = told.putObject("refused");
      source.refused().forEach(refused::put);
      ObjectNode leftOut = told.putObject("left_out");
      source.leftOut().forEach(leftOut::put);
    }
    ArrayNode sample = report.putArray("sample");
    for (SeedRow.Seed seed : survey.sample()) {
      ObjectNode told =
          sample
              .addObject()
              .put("source", survey.sources().get(seed.source()).label())
              .put("row", seed.key())
              .put("text", seed.text());
      seed.domain().ifPresent(domain -> told.put("domain", domain));
    }
    return report.toString();
  }
}
