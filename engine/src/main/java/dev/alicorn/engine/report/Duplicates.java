package dev.alicorn.engine.report;

import dev.alicorn.engine.quality.NearDuplicates;
import java.util.Optional;
import java.util.OptionalLong;

/// The captions seen so far, which a further one may repeat: about 240 bytes each.
final class Duplicates {
  static final double SIMILARITY_MIN = 0.8;

  private final LongSet texts = new LongSet();
  private final NearDuplicates near = new NearDuplicates(SIMILARITY_MIN);
  private long rows;
  private long exactRows;
  private long nearRows;

  /// How a caption repeats an earlier one.
  ///
  /// @param exact whether to the letter
  /// @param earlier what the earlier row is called
  record Repeat(boolean exact, String earlier) {}

  /// Adds a caption; empty where it is like none before it.
  Optional<Repeat> add(CaptionLook look) {
    rows++;
    boolean exact = !texts.add(look.hash());
    OptionalLong like = near.add(name(look.id()), look.signature());
    exactRows += exact ? 1 : 0;
    nearRows += exact || like.isPresent() ? 1 : 0;
    return like.isEmpty()
        ? Optional.empty()
        : Optional.of(new Repeat(exact, spoken(like.getAsLong())));
  }

  double exactShare() {
    return (double) exactRows / rows;
  }

  double nearShare() {
    return (double) nearRows / rows;
  }

  /// An id that is a number by itself, else the row's number below zero.
  private long name(String id) {
    try {
      long number = Long.parseLong(id);
      return number >= 0 && Long.toString(number).equals(id) ? number : -rows;
    } catch (NumberFormatException _) {
      return -rows;
    }
  }

  private static String spoken(long name) {
    return name >= 0 ? "id " + name : "row " + -name + " of the set";
  }
}
