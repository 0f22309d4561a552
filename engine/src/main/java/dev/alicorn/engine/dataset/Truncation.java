package dev.alicorn.engine.dataset;

/// How many captions of the pretrain set are longer than their encoder reads, so that their vectors
/// are of their beginnings.
///
/// @param tokensMax that the encoder reads, special tokens counted; 0 where there is none
public record Truncation(long captions, int tokensMax) {
  public static final Truncation NONE = new Truncation(0, 0);
}
