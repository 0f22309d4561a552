package dev.alicorn.bench.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// What a bench found.
///
/// @param bench the bench's name
/// @param rows what was measured; a row need not have every column
/// @param remarks what a reader must know to read the figures rightly, a sentence each
public record BenchResult(String bench, List<Row> rows, List<String> remarks) {
  private static final MathContext DIGITS = new MathContext(4);

  public BenchResult {
    rows = List.copyOf(rows);
    remarks = List.copyOf(remarks);
  }

  /// The figures as a table for a terminal, which is a Markdown table too.
  public String table() {
    List<List<String>> lines = new ArrayList<>();
    SequencedSet<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.figures().keySet()));
    List<String> head = new ArrayList<>(List.of(bench));
    head.addAll(columns);
    lines.add(head);
    for (Row row : rows) {
      List<String> line = new ArrayList<>(List.of(row.name()));
      for (String column : columns) {
        Double figure = row.figures().get(column);
        line.add(figure == null ? "" : rounded(figure).toPlainString());
      }
      lines.add(line);
    }
    return layOut(lines);
  }

  /// The figures as one line of JSON: `{"bench": …, "ROW_COLUMN": …}`.
  public String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", bench);
    for (Row row : rows) {
      row.figures()
          .forEach((column, figure) -> json.put(row.name() + "_" + column, rounded(figure)));
    }
    return json.toString();
  }

  /// The page that is kept of a run.
  public String page(Machine machine, String commit, String command) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(bench).append("\n\n");
    page.append("- machine: ").append(machine.sentence()).append('\n');
    page.append("- commit: ").append(commit).append('\n');
    page.append("- command: `").append(command).append("`\n\n");
    page.append(table());
    if (!remarks.isEmpty()) {
      page.append('\n');
      remarks.forEach(remark -> page.append("- ").append(remark).append('\n'));
    }
    return page.toString();
  }

  /// Four significant digits: no run repeats more.
  private static BigDecimal rounded(double figure) {
    BigDecimal rounded = new BigDecimal(figure).round(DIGITS).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  private static String layOut(List<List<String>> lines) {
    int columns = lines.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (int number = 0; number < lines.size(); number++) {
      List<String> line = lines.get(number);
      for (int column = 0; column < columns; column++) {
        String cell = line.get(column);
        String padding = " ".repeat(widths[column] - cell.length());
        table.append("| ").append(column == 0 ? cell + padding : padding + cell).append(' ');
      }
      table.append("|\n");
      if (number == 0) {
        for (int column = 0; column < columns; column++) {
          table.append('|').append("-".repeat(widths[column] + 1)).append(column == 0 ? '-' : ':');
        }
        table.append("|\n");
      }
    }
    return table.toString();
  }
}
