package dev.alicorn.gpuworker.onnx;

import java.util.List;

/// A BERT-like encoder that ships on the class path: an ONNX graph from `input_ids`,
/// `attention_mask` and `token_type_ids` to `last_hidden_state`, with mean pooling and unit length
/// after it.
///
/// @param id what a deployment calls it
/// @param name what people call it
/// @param weights resource of the ONNX file
/// @param tokenizer resource of its `tokenizer.json`
/// @param tokensMax longest input, special tokens counted
record OnnxModel(
    String id,
    String name,
    String weights,
    String tokenizer,
    int dimension,
    int tokensMax,
    boolean imageTower) {

  /// sentence-transformers' all-MiniLM-L6-v2 in fp32: text only, for trials.
  static final OnnxModel ALL_MINILM_L6_V2 =
      new OnnxModel(
          "all-minilm-l6-v2",
          "all-MiniLM-L6-v2",
          "/all-minilm-l6-v2.onnx",
          "/all-minilm-l6-v2-tokenizer.json",
          384,
          256,
          false);

  static final List<OnnxModel> ALL = List.of(ALL_MINILM_L6_V2);
}
