package dev.alicorn.protocol;

/// What makes two LLM calls the same call: the hash of stage, endpoint class, model, rendered
/// messages, parameters, schema and sample index.
///
/// The endpoint that serves a call, its address and its port are not part of it.
public record CallKey(ContentHash hash) {
  @Override
  public String toString() {
    return hash.hex();
  }
}
