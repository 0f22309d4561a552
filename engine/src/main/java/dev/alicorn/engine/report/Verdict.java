package dev.alicorn.engine.report;

import dev.alicorn.engine.report.Rule.Broken;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one group of figures comes to.
///
/// @param reasons a sentence each, the worst first; of a good one that nothing is wrong
public record Verdict(Group group, Level level, List<String> reasons) {
  public Verdict {
    reasons = List.copyOf(reasons);
  }

  static List<Verdict> of(Figures figures) {
    return Stream.of(Group.values()).map(group -> of(group, figures)).toList();
  }

  private static Verdict of(Group group, Figures figures) {
    List<Rule> rules =
        Rules.of(group).stream().filter(rule -> figures.value(rule.measure()).isPresent()).toList();
    if (rules.isEmpty()) {
      return new Verdict(group, Level.LOOK, List.of(nothing(group, figures)));
    }
    List<Broken> broken =
        rules.stream()
            .map(rule -> rule.broken(figures))
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing(Broken::level).reversed())
            .toList();
    if (broken.isEmpty()) {
      long measures = rules.stream().map(Rule::measure).distinct().count();
      return new Verdict(
          group,
          Level.GOOD,
          List.of(
              measures == 1
                  ? "The one figure that has limits is within them"
                  : "All " + measures + " figures that have limits are within them"));
    }
    return new Verdict(
        group, broken.getFirst().level(), broken.stream().map(Broken::sentence).toList());
  }

  private static String nothing(Group group, Figures figures) {
    return switch (group) {
      case CAPTIONS -> "The dataset has no captions";
      case INSTRUCTIONS -> "The dataset has no instruct set";
      case EMBEDDINGS ->
          figures
              .absence(EmbeddingMeasure.VECTOR_COUNT)
              .orElse("Nothing is known of the vectors that has limits");
      case COMPOSITION -> "Nothing is known that has limits: the folder has no manifest";
    };
  }

  /// The worst reason, and how many others there are.
  public String reason() {
    return reasons.size() == 1
        ? reasons.getFirst()
        : reasons.getFirst() + " (and " + (reasons.size() - 1) + " more)";
  }
}
