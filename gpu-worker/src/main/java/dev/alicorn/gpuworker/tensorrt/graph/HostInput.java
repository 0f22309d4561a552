package dev.alicorn.gpuworker.tensorrt.graph;

/// What the host gives an encoder's graph for each batch; every element has 4 bytes.
public enum HostInput {
  /// Token ids, int32 of shape `[rows, tokens]`.
  IDS("alicorn_ids", "input_ids"),
  /// 1 where a token is no padding, int32 of shape `[rows, tokens]`.
  MASK("alicorn_mask", "attention_mask"),
  /// 0 to `tokens - 1` in each row, int32 of shape `[rows, tokens]`.
  POSITIONS("alicorn_positions", "position_ids"),
  /// How much of each token's vector goes into the caption's, float32 of shape `[rows, 1, tokens]`.
  WEIGHTS("alicorn_weights", "");

  private final String tensor;
  private final String replaced;

  HostInput(String tensor, String replaced) {
    this.tensor = tensor;
    this.replaced = replaced;
  }

  /// The graph's input.
  public String tensor() {
    return tensor;
  }

  /// The int64 input of the exported graph that it stands for; empty where there is none.
  String replaced() {
    return replaced;
  }

  /// Its shape for that many rows and tokens.
  public long[] shape(int rows, int tokens) {
    return this == WEIGHTS ? new long[] {rows, 1, tokens} : new long[] {rows, tokens};
  }
}
