package dev.alicorn.bench.fault;

import dev.alicorn.bench.measure.BadUsageException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which part of how many faults: `--WHAT N --part K/N`, each at will.
///
/// @param count of all parts
/// @param number from 1
record Part(int count, int number, int parts) {
  private static final Pattern PART = Pattern.compile("([0-9]{1,3})/([0-9]{1,3})");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,8}");

  /// @param bench for messages
  /// @param what the word before the count
  /// @param standard the count where none is named
  static Part of(String bench, String what, int standard, List<String> words)
      throws BadUsageException {
    Part part = new Part(standard, 1, 1);
    String usage = bench + " takes " + what + " N and --part K/N, not ";
    if (words.size() % 2 != 0) {
      throw new BadUsageException(usage + words);
    }
    for (int i = 0; i < words.size(); i += 2) {
      String value = words.get(i + 1);
      Matcher fraction = PART.matcher(value);
      if (words.get(i).equals(what) && COUNT.matcher(value).matches()) {
        part = new Part(Integer.parseInt(value), part.number, part.parts);
      } else if (words.get(i).equals("--part") && fraction.matches()) {
        part =
            new Part(
                part.count,
                Integer.parseInt(fraction.group(1)),
                Integer.parseInt(fraction.group(2)));
      } else {
        throw new BadUsageException(usage + words.get(i) + " " + value);
      }
    }
    if (part.number < 1 || part.number > part.parts || part.countOfPart() < 1) {
      throw new BadUsageException(bench + " has no part " + part.number + " of " + part.parts);
    }
    return part;
  }

  int countOfPart() {
    return count / parts;
  }
}
