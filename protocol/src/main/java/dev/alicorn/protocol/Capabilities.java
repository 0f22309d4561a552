package dev.alicorn.protocol;

/// What an endpoint can do, as it was configured or as it said itself before the first call.
///
/// @param jsonSchema binds its replies to a JSON schema that it is told of
/// @param seed takes a seed for its sampling
/// @param logprobs tells how likely each token was
/// @param usage tells with each reply what it bills
public record Capabilities(Known jsonSchema, Known seed, Known logprobs, Known usage) {
  public static final Capabilities UNKNOWN =
      new Capabilities(Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN, Known.UNKNOWN);

  public Capabilities withJsonSchema(Known known) {
    return new Capabilities(known, seed, logprobs, usage);
  }

  public Capabilities withSeed(Known known) {
    return new Capabilities(jsonSchema, known, logprobs, usage);
  }

  /// Whether an endpoint can do a thing.
  public enum Known {
    YES("yes"),
    NO("no"),
    UNKNOWN("unknown");

    private final String key;

    Known(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }

    public static Known of(boolean can) {
      return can ? YES : NO;
    }
  }
}
