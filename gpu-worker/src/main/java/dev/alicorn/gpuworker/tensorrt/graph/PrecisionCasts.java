package dev.alicorn.gpuworker.tensorrt.graph;

import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Casts that put each operation of a graph into the precision it is to be computed in.
///
/// TensorRT takes types as the graph has them. Matrix products of a float32 graph become float16
/// where that is asked for; softmax, LayerNorm and what LayerNorm is made of never are, in whatever
/// type the graph was exported.
final class PrecisionCasts {
  private static final Set<String> PRODUCTS = Set.of("MatMul", "Gemm");
  private static final Set<String> DELICATE =
      Set.of(
          "Softmax",
          "LayerNormalization",
          "ReduceMean",
          "ReduceSum",
          "ReduceSumSquare",
          "ReduceL2",
          "Pow",
          "Sqrt");

  private final TensorTypes types;
  private final Precision precision;
  private int casts;

  PrecisionCasts(TensorTypes types, Precision precision) {
    this.types = types;
    this.precision = precision;
  }

  /// The node, between casts where it needs them.
  List<Onnx.Node> around(Onnx.Node node) {
    if (precision == Precision.FP16 && PRODUCTS.contains(node.getOpType())) {
      return around(node, TensorTypes.FLOAT, TensorTypes.FLOAT16);
    }
    if (DELICATE.contains(node.getOpType())) {
      return around(node, TensorTypes.FLOAT16, TensorTypes.FLOAT);
    }
    return List.of(node);
  }

  private List<Onnx.Node> around(Onnx.Node node, int given, int wanted) {
    if (node.getInputCount() == 0 || types.of(node.getInput(0)) != given) {
      return List.of(node);
    }
    List<Onnx.Node> nodes = new ArrayList<>();
    Onnx.Node.Builder moved = node.toBuilder();
    for (int i = 0; i < node.getInputCount(); i++) {
      if (types.of(node.getInput(i)) == given) {
        String cast = name();
        nodes.add(GraphNodes.cast(node.getInput(i), wanted, cast));
        moved.setInput(i, cast);
      }
    }
    List<Onnx.Node> back = new ArrayList<>();
    for (int i = 0; i < node.getOutputCount(); i++) {
      if (!node.getOutput(i).isEmpty()) {
        String computed = name();
        back.add(GraphNodes.cast(computed, given, node.getOutput(i)));
        moved.setOutput(i, computed);
      }
    }
    nodes.add(moved.build());
    nodes.addAll(back);
    return nodes;
  }

  private String name() {
    return GraphNodes.PREFIX + "cast_" + casts++;
  }
}
