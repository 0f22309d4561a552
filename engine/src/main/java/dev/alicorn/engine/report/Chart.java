package dev.alicorn.engine.report;

import java.util.List;
import java.util.stream.LongStream;

/// What is drawn beside the numbers, as numbers.
sealed interface Chart {
  Group group();

  /// Its name in `report.json`.
  String key();

  String title();

  /// How often values fell into bins of one width.
  ///
  /// @param axis what the values are
  /// @param from lower end of the first bin
  /// @param open whether the last bin also holds all that is above it
  /// @param series one or two, all with the same number of bins
  /// @param marks published values, to compare with
  record Histogram(
      Group group,
      String key,
      String title,
      String axis,
      double from,
      double width,
      boolean open,
      List<Series> series,
      List<Mark> marks)
      implements Chart {
    public Histogram {
      series = List.copyOf(series);
      marks = List.copyOf(marks);
    }
  }

  /// What one histogram shows of one thing.
  ///
  /// @param name empty where it is the only one
  /// @param counts a bin each
  record Series(String name, List<Long> counts) {
    public Series {
      counts = List.copyOf(counts);
    }

    static Series of(String name, long[] counts) {
      return new Series(name, LongStream.of(counts).boxed().toList());
    }

    long total() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /// A published value.
  record Mark(double at, String label) {}

  /// Counts by name.
  ///
  /// @param fair a count that all would have if they were even; 0 for none
  record Bars(Group group, String key, String title, List<Bar> bars, double fair) implements Chart {
    public Bars {
      bars = List.copyOf(bars);
    }
  }

  /// A name and how often it came.
  record Bar(String name, long count) {}

  /// The share of all variance that the widest directions have together.
  record Spectra(Group group, String key, String title, List<Curve> curves) implements Chart {
    public Spectra {
      curves = List.copyOf(curves);
    }
  }

  /// What is shown of one spectrum.
  ///
  /// @param name empty where it is the only one
  /// @param shares at 1, 2, … directions; the last is 1
  record Curve(String name, List<Double> shares) {
    public Curve {
      shares = List.copyOf(shares);
    }
  }

  /// Cells as people read them.
  ///
  /// @param columns the first is the name's
  record Table(Group group, String key, String title, List<String> columns, List<Line> lines)
      implements Chart {
    public Table {
      columns = List.copyOf(columns);
      lines = List.copyOf(lines);
    }
  }

  /// A line of a table.
  ///
  /// @param cells one for each column but the first
  record Line(String name, List<String> cells) {
    public Line {
      cells = List.copyOf(cells);
    }
  }
}
