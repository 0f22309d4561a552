package dev.alicorn.engine.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is too much or too little of a figure, and what it means.
///
/// @param limits where it is worth a look, and where to stop
/// @param given what must hold of other figures for the rule to count
/// @param sentence why it matters and how to mend it, as a clause behind the figure
record Rule(Measure measure, Limits limits, List<Given> given, String sentence) {
  Rule {
    given = List.copyOf(given);
  }

  /// From where on a figure is bad.
  sealed interface Limits {
    Level level(double value);

    /// As people read it.
    String text(Measure measure);
  }

  record Above(double look, double stop) implements Limits {
    @Override
    public Level level(double value) {
      return value > stop ? Level.STOP : value > look ? Level.LOOK : Level.GOOD;
    }

    @Override
    public String text(Measure measure) {
      return told("above ", look, stop, measure);
    }
  }

  record Below(double look, double stop) implements Limits {
    @Override
    public Level level(double value) {
      return value < stop ? Level.STOP : value < look ? Level.LOOK : Level.GOOD;
    }

    @Override
    public String text(Measure measure) {
      return told("below ", look, stop, measure);
    }
  }

  /// Not there, of something that must be.
  record Lacking() implements Limits {
    @Override
    public Level level(double value) {
      return value > 0 ? Level.GOOD : Level.STOP;
    }

    @Override
    public String text(Measure measure) {
      return "stop without";
    }
  }

  /// Away from a target by more than so much.
  record Off(double target, double look, double stop) implements Limits {
    @Override
    public Level level(double value) {
      return new Above(look, stop).level(Math.abs(value - target));
    }

    @Override
    public String text(Measure measure) {
      return told("more than ", look, stop, measure) + ", off " + measure.text(target);
    }
  }

  /// A condition: a figure is at least so much.
  record Given(Measure measure, double min, double max) {
    static Given atLeast(Measure measure, double min) {
      return new Given(measure, min, Double.POSITIVE_INFINITY);
    }

    static Given atMost(Measure measure, double max) {
      return new Given(measure, Double.NEGATIVE_INFINITY, max);
    }

    boolean holds(Figures figures) {
      OptionalDouble value = figures.value(measure);
      return value.isPresent() && value.getAsDouble() >= min && value.getAsDouble() <= max;
    }
  }

  private static String told(String word, double look, double stop, Measure measure) {
    String told = "look " + word + measure.text(look);
    return Double.isInfinite(stop) ? told : told + ", stop " + word + measure.text(stop);
  }

  /// What the rule finds; empty where it does not count or finds nothing.
  Optional<Broken> broken(Figures figures) {
    OptionalDouble value = figures.value(measure);
    if (value.isEmpty() || !given.stream().allMatch(condition -> condition.holds(figures))) {
      return Optional.empty();
    }
    Level level = limits.level(value.getAsDouble());
    if (level == Level.GOOD) {
      return Optional.empty();
    }
    String figure = measure.meaning().label() + ": " + measure.text(value.getAsDouble());
    return Optional.of(
        new Broken(level, "%s (%s), %s".formatted(figure, limits.text(measure), sentence)));
  }

  /// A rule that a dataset breaks.
  ///
  /// @param sentence with the figure and its limits
  record Broken(Level level, String sentence) {}
}
