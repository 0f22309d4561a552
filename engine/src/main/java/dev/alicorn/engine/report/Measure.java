package dev.alicorn.engine.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a report measures.
sealed interface Measure
    permits CaptionMeasure, InstructionMeasure, EmbeddingMeasure, CompositionMeasure {

  /// A group's, in the order they are shown.
  static List<Measure> of(Group group) {
    return switch (group) {
      case CAPTIONS -> List.of(CaptionMeasure.values());
      case INSTRUCTIONS -> List.of(InstructionMeasure.values());
      case EMBEDDINGS -> List.of(EmbeddingMeasure.values());
      case COMPOSITION -> List.of(CompositionMeasure.values());
    };
  }

  static List<Measure> all() {
    return Stream.of(Group.values()).flatMap(group -> of(group).stream()).toList();
  }

  Group group();

  Meaning meaning();

  /// The constant's name.
  String name();

  /// Its name in `report.json`.
  default String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// A value of it as people read it.
  default String text(double value) {
    return meaning().format().of(value);
  }

  /// What a measure is to people.
  ///
  /// Published are the figures of the data set of "Unicorn" (arXiv 2503.22655) and, of embeddings,
  /// those that arXiv 2602.07026 has of LLM2CLIP's.
  ///
  /// @param published what was published of it; empty where nothing was
  /// @param definition how it is computed, in a sentence or two
  record Meaning(String label, Format format, Aim aim, String published, String definition) {}
}
