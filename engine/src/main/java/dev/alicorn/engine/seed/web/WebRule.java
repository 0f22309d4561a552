package dev.alicorn.engine.seed.web;

import java.util.Optional;

/// Something that a text must be like to be taken for a caption.
@FunctionalInterface
interface WebRule {
  /// What the text is like instead, in a few words that do not depend on it; empty where it passes.
  Optional<String> against(WebText text);
}
