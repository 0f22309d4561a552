package dev.alicorn.config;

/// What `encoder.conf` says of the encoder in its folder: how text goes in, and how its vector
/// comes out.
///
/// @param name the model's name, as people know it
/// @param dimension of its vectors
/// @param tokensMax longest input, special tokens counted
/// @param padded whether every input is padded to `tokensMax`, as the model was trained
/// @param unitLength whether vectors are scaled to length 1
/// @param before put before each caption
/// @param after put behind each caption
/// @param output name of the graph's output; empty for the only one of the right shape
/// @param imageTower whether an image encoder shares its space
public record EncoderSettings(
    String name,
    int dimension,
    int tokensMax,
    boolean padded,
    Pooling pooling,
    boolean unitLength,
    String before,
    String after,
    String output,
    boolean imageTower) {

  /// How a caption's vector is made of the vectors of its tokens.
  public enum Pooling {
    /// The mean over all tokens but padding.
    MEAN("mean"),
    /// The first token's.
    CLS("cls"),
    /// The last token's, padding left out: that of the end of the text.
    EOS("eos"),
    /// The last token's, padding or not.
    LAST("last"),
    /// The graph's own output: it pools by itself.
    MODEL("model");

    private final String key;

    Pooling(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}
