package dev.alicorn.engine.dataset.read;

/// A turn of a conversation as it was read.
///
/// @param from the role; trainers know `human` and `gpt`
public record Spoken(String from, String value) {
  public boolean human() {
    return from.equals("human");
  }
}
