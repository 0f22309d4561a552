package dev.alicorn.bench.measure;

import java.util.List;

/// How much of one thing a bench takes on: `--UNIT N`, at will.
public final class Count {
  private Count() {}

  /// Reads the words of a command line.
  ///
  /// @param bench whose words these are
  /// @param unit what is counted, as in `--seeds`
  /// @param units how many, unless the words say
  /// @param least the fewest that mean anything
  public static int of(String bench, String unit, int units, int least, List<String> words)
      throws BadUsageException {
    if (words.isEmpty()) {
      return units;
    }
    if (words.size() == 2
        && words.getFirst().equals("--" + unit)
        && words.get(1).matches("[0-9]{1,8}")
        && Integer.parseInt(words.get(1)) >= least) {
      return Integer.parseInt(words.get(1));
    }
    throw new BadUsageException(
        "%s takes --%s N, at least %d, not %s".formatted(bench, unit, least, words));
  }
}
