package dev.alicorn.bench.load;

import dev.alicorn.bench.measure.BadUsageException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which part of how many calls: `--calls N --part K/N`, each at will.
///
/// @param calls of all parts
/// @param number from 1
record ChaosPart(int calls, int number, int parts) {
  private static final int CALLS = 1_000_000;
  private static final Pattern PART = Pattern.compile("([0-9]{1,3})/([0-9]{1,3})");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,8}");

  static ChaosPart of(List<String> words) throws BadUsageException {
    ChaosPart part = new ChaosPart(CALLS, 1, 1);
    if (words.size() % 2 != 0) {
      throw new BadUsageException("chaos takes --calls N and --part K/N, not " + words);
    }
    for (int i = 0; i < words.size(); i += 2) {
      part = part.with(words.get(i), words.get(i + 1));
    }
    if (part.number < 1 || part.number > part.parts || part.callsOfPart() < 1) {
      throw new BadUsageException("chaos has no part " + part.number + " of " + part.parts);
    }
    return part;
  }

  private ChaosPart with(String word, String value) throws BadUsageException {
    Matcher fraction = PART.matcher(value);
    if (word.equals("--calls") && COUNT.matcher(value).matches()) {
      return new ChaosPart(Integer.parseInt(value), number, parts);
    }
    if (word.equals("--part") && fraction.matches()) {
      return new ChaosPart(
          calls, Integer.parseInt(fraction.group(1)), Integer.parseInt(fraction.group(2)));
    }
    throw new BadUsageException("chaos takes --calls N and --part K/N, not " + word + " " + value);
  }

  int callsOfPart() {
    return calls / parts;
  }
}
