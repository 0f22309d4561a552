package dev.alicorn.engine.validate;

import java.util.List;

/// What a validation saw, its findings aside.
///
/// @param rows conversations read, of all JSON sets
/// @param embeddings embeddings read, of all pickles
/// @param findings how many findings there were
/// @param warnings what is not wrong but should be known before training
public record Validation(long rows, long embeddings, long findings, List<String> warnings) {
  public Validation {
    warnings = List.copyOf(warnings);
  }

  public boolean clean() {
    return findings == 0;
  }
}
