package dev.alicorn.bench.gpu;

import dev.alicorn.gpuworker.model.Model;
import dev.alicorn.gpuworker.model.ModelCatalogue;
import java.util.List;

/// A model that is checked, with the sizes of its network.
///
/// @param row short, for the names of rows
/// @param hidden width of a token's state
/// @param inner width within a feed-forward layer
record GpuModel(String row, Model model, int layers, int hidden, int inner) {
  static final GpuModel MINILM =
      new GpuModel("minilm", ModelCatalogue.ALL_MINILM_L6_V2, 6, 384, 1536);
  static final List<GpuModel> ALL =
      List.of(MINILM, new GpuModel("bge_small", ModelCatalogue.BGE_SMALL_EN_V15, 12, 384, 1536));

  /// Floating-point operations for a caption of so many tokens: two for each weight of a matrix and
  /// token, and both products of attention.
  double operations(int tokens) {
    double weights = 4.0 * hidden * hidden + 2.0 * hidden * inner;
    return layers * (2 * weights * tokens + 4.0 * tokens * tokens * hidden);
  }
}
