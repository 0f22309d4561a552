package dev.alicorn.engine.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Where checks put what they find: passed on at once, so that any number of them fits.
final class Findings {
  private final Consumer<Finding> sink;
  private final List<String> warnings = new ArrayList<>();
  private long count;

  Findings(Consumer<Finding> sink) {
    this.sink = sink;
  }

  void add(Check check, String file, long row, String id, String message) {
    count++;
    sink.accept(new Finding(check, file, row, id, message));
  }

  void add(Check check, String file, String message) {
    add(check, file, 0, "", message);
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  long count() {
    return count;
  }

  List<String> warnings() {
    return warnings;
  }
}
