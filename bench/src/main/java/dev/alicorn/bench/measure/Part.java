package dev.alicorn.bench.measure;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which part of how much work a bench does: `--UNIT N --part K/N`, each at will.
///
/// @param units of all parts
/// @param number from 1
public record Part(int units, int number, int parts) {
  private static final Pattern PART = Pattern.compile("([0-9]{1,3})/([0-9]{1,3})");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,8}");

  /// Reads the words of a command line.
  ///
  /// @param bench whose words these are
  /// @param unit what its work is counted in, as in `--calls`
  /// @param units how many, unless the words say
  public static Part of(String bench, String unit, int units, List<String> words)
      throws BadUsageException {
    String usage = "%s takes --%s N and --part K/N, not ".formatted(bench, unit);
    Part part = new Part(units, 1, 1);
    if (words.size() % 2 != 0) {
      throw new BadUsageException(usage + words);
    }
    for (int i = 0; i < words.size(); i += 2) {
      String word = words.get(i);
      String value = words.get(i + 1);
      Matcher fraction = PART.matcher(value);
      if (word.equals("--" + unit) && COUNT.matcher(value).matches()) {
        part = new Part(Integer.parseInt(value), part.number, part.parts);
      } else if (word.equals("--part") && fraction.matches()) {
        part =
            new Part(
                part.units,
                Integer.parseInt(fraction.group(1)),
                Integer.parseInt(fraction.group(2)));
      } else {
        throw new BadUsageException(usage + word + " " + value);
      }
    }
    if (part.number < 1 || part.number > part.parts || part.unitsOfPart() < 1) {
      throw new BadUsageException(bench + " has no part " + part.number + " of " + part.parts);
    }
    return part;
  }

  public int unitsOfPart() {
    return units / parts;
  }
}
