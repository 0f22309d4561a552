package dev.alicorn.engine.llm;

import java.util.Optional;

/// A job's own say on its next call: money, tokens or calls spent, no disk, paused by its user.
///
/// It is asked at the moment of each reservation, on the pool's thread: it must be quick and must
/// not block.
@FunctionalInterface
public interface Admission {
  Admission ALWAYS = Optional::empty;

  /// Empty, or why no further call may be made.
  Optional<LlmAnswer.Unavailable> refusal();
}
