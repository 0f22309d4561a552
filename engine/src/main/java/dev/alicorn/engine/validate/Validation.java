package dev.alicorn.engine.validate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a validation saw, its findings aside.
///
/// @param formats in the order in which they are compared
/// @param findings how many findings there were
/// @param unlisted how many of a check's findings were counted only
/// @param warnings what is not wrong but should be known before training
public record Validation(
    List<FormatSeen> formats, long findings, Map<Check, Long> unlisted, List<String> warnings) {
  public Validation {
    formats = List.copyOf(formats);
    unlisted = unlisted.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(unlisted));
    warnings = List.copyOf(warnings);
  }

  /// Conversations, each counted once whatever the number of formats.
  public long rows() {
    return most(true) + most(false);
  }

  private long most(boolean pretrain) {
    return formats.stream()
        .mapToLong(format -> pretrain ? format.pretrain() : format.instruct())
        .max()
        .orElse(0);
  }

  /// Captions' vectors, each counted once whatever the number of formats.
  public long embeddings() {
    return formats.stream().mapToLong(FormatSeen::vectors).max().orElse(0);
  }

  public boolean clean() {
    return findings == 0;
  }
}
