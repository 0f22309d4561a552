package dev.alicorn.protocol;

/// What is known of a text encoder: all that a dataset must say of where its vectors come from.
///
/// @param name the model's name, as people know it
/// @param hash of weights, tokenizer and settings: two encoders with one hash give the same vectors
/// @param maxTokens longest input, special tokens counted
/// @param normalised whether its vectors have unit length
/// @param imageTower whether an image encoder shares its space; without one its vectors are for
///   trials
public record EncoderDescription(
    String name,
    ContentHash hash,
    int dimension,
    int maxTokens,
    boolean normalised,
    boolean imageTower) {
  public EncoderDescription {
    if (dimension < 1 || maxTokens < 1) {
      throw new IllegalArgumentException(
          "encoder "
              + name
              + ": dimension "
              + dimension
              + " and max tokens "
              + maxTokens
              + " must be positive");
    }
  }
}
