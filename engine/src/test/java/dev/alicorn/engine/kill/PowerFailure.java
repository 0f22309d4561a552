package dev.alicorn.engine.kill;

import java.util.random.RandomGenerator;

/// When in the life of a job its machine loses the power.
public sealed interface PowerFailure {
  /// What an opening has at least, up to where its endpoints and its encoder are bound.
  int OPENING_MOMENTS = 20;

  /// What lies in a dataset when all but its manifest's text is written.
  int EXPORT_ENTRIES = 5;

  /// At a moment, such as an append or a barrier, the first being 1.
  record AtMoment(int number) implements PowerFailure {}

  /// While the dataset is being written, when so many files and folders lie in it.
  record InExport(int entries) implements PowerFailure {}

  /// Never: it comes to its end.
  record None() implements PowerFailure {}

  /// A draw of a moment of the work, one in which the journal is opened, or one of the export.
  ///
  /// @param moments of the work, of which one is drawn
  static PowerFailure draw(RandomGenerator random, int moments) {
    return switch (random.nextInt(8)) {
      case 0 -> new AtMoment(1 + random.nextInt(OPENING_MOMENTS));
      case 1 -> new InExport(1 + random.nextInt(EXPORT_ENTRIES));
      default -> new AtMoment(1 + random.nextInt(moments));
    };
  }
}
