package dev.alicorn.engine.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.alicorn.engine.report.Difference.Side;
import dev.alicorn.engine.report.Figures.Examples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The text of `report.json`: the page's numbers with all their digits.
final class ReportJson {
  private static final int VERSION = 1;
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator json;

  private ReportJson(JsonGenerator json) {
    this.json = json;
  }

  static byte[] of(Report report, Optional<Report> other) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indenter));
      ReportJson writer = new ReportJson(json);
      json.writeStartObject();
      json.writeNumberField("report_version", VERSION);
      json.writeFieldName("dataset");
      writer.report(report);
      if (other.isPresent()) {
        json.writeFieldName("other");
        writer.report(other.get());
        writer.differences(report, other.get());
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  private void report(Report report) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", report.about().name());
    json.writeObjectFieldStart("about");
    for (About.Fact fact : report.about().facts()) {
      json.writeStringField(fact.key(), fact.value());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("verdicts");
    for (Verdict verdict : report.verdicts()) {
      json.writeObjectFieldStart(verdict.group().key());
      json.writeStringField("level", verdict.level().key());
      texts("reasons", verdict.reasons());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("figures");
    for (Group group : Group.values()) {
      json.writeObjectFieldStart(group.key());
      for (Measure measure : Measure.of(group)) {
        json.writeFieldName(measure.key());
        number(report.figures().value(measure));
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("absent");
    for (Measure measure : Measure.all()) {
      Optional<String> why = report.figures().absence(measure);
      if (why.isPresent()) {
        json.writeStringField(measure.key(), why.get());
      }
    }
    json.writeEndObject();
    json.writeObjectFieldStart("charts");
    for (Chart chart : report.figures().charts()) {
      json.writeFieldName(chart.key());
      chart(chart);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("examples");
    for (Examples examples : report.figures().examples()) {
      examples(examples);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void chart(Chart chart) throws IOException {
    json.writeStartObject();
    switch (chart) {
      case Chart.Histogram histogram -> {
        json.writeNumberField("from", histogram.from());
        json.writeNumberField("width", histogram.width());
        json.writeBooleanField("last_bin_open", histogram.open());
        for (Chart.Series series : histogram.series()) {
          json.writeFieldName(series.name().isEmpty() ? "counts" : series.name());
          long[] counts = series.counts().stream().mapToLong(Long::longValue).toArray();
          json.writeArray(counts, 0, counts.length);
        }
      }
      case Chart.Bars bars -> {
        for (Chart.Bar bar : bars.bars()) {
          json.writeNumberField(bar.name(), bar.count());
        }
      }
      case Chart.Spectra spectra -> {
        for (Chart.Curve curve : spectra.curves()) {
          json.writeFieldName(curve.name().isEmpty() ? "shares" : curve.name());
          double[] shares = curve.shares().stream().mapToDouble(Double::doubleValue).toArray();
          json.writeArray(shares, 0, shares.length);
        }
      }
      case Chart.Table table -> {
        texts("columns", table.columns());
        json.writeObjectFieldStart("rows");
        for (Chart.Line line : table.lines()) {
          texts(line.name(), line.cells());
        }
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private void examples(Examples examples) throws IOException {
    json.writeArrayFieldStart(examples.key());
    for (Worst.Row row : examples.rows()) {
      json.writeStartObject();
      json.writeStringField("id", row.id());
      json.writeStringField("note", row.note());
      json.writeStringField("text", row.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void differences(Report first, Report second) throws IOException {
    json.writeArrayFieldStart("differences");
    for (Measure measure : Measure.all()) {
      Difference difference =
          Difference.of(measure, first.figures().value(measure), second.figures().value(measure));
      if (difference.differs()) {
        json.writeStartObject();
        json.writeStringField("group", measure.group().key());
        json.writeStringField("figure", measure.key());
        json.writeFieldName("dataset");
        number(first.figures().value(measure));
        json.writeFieldName("other");
        number(second.figures().value(measure));
        json.writeStringField("better", better(difference.better()));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static String better(Side side) {
    return switch (side) {
      case FIRST -> "dataset";
      case SECOND -> "other";
      case NEITHER -> "unknown";
    };
  }

  private void number(OptionalDouble value) throws IOException {
    if (value.isEmpty()) {
      json.writeNull();
    } else if (value.getAsDouble() == Math.rint(value.getAsDouble())
        && Math.abs(value.getAsDouble()) < 1e15) {
      json.writeNumber((long) value.getAsDouble());
    } else {
      json.writeNumber(value.getAsDouble());
    }
  }

  private void texts(String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
