package dev.alicorn.engine.dataset.read;

import java.util.Optional;

/// Where a row says that it comes from, as far as its format holds that.
///
/// @param seed the seed's text
/// @param source the seed's source
/// @param domain of a domain-specific seed
/// @param task of an instruct row
/// @param model that wrote the row
public record Origin(
    Optional<String> seed,
    Optional<String> source,
    Optional<String> domain,
    Optional<String> task,
    Optional<String> model) {
  static final Origin UNKNOWN =
      new Origin(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
