package dev.alicorn.gpuworker.tensorrt.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The element types of a graph's tensors, as far as the graph's own words and a pass over its
/// nodes tell; numbers are those of ONNX's `TensorProto.DataType`.
final class TensorTypes {
  static final int FLOAT = 1;
  static final int INT32 = 6;
  static final int INT64 = 7;
  static final int BOOL = 9;
  static final int FLOAT16 = 10;
  static final int BFLOAT16 = 16;
  static final int UNKNOWN = 0;

  private static final Set<String> INDICES =
      Set.of("Shape", "Size", "NonZero", "ArgMax", "ArgMin", "ConstantOfShape");
  private static final Set<String> TRUTHS =
      Set.of(
          "Equal",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "Not",
          "And",
          "Or",
          "Xor",
          "IsNaN",
          "IsInf");

  private final Map<String, Integer> types = new HashMap<>();

  private TensorTypes() {}

  static TensorTypes of(Onnx.Graph graph) {
    TensorTypes found = new TensorTypes();
    graph.getInitializerList().forEach(each -> found.put(each.getName(), each.getDataType()));
    graph.getInputList().forEach(found::put);
    // What the graph says of its tensors goes before what is inferred.
    graph.getValueInfoList().forEach(found::put);
    graph.getOutputList().forEach(found::put);
    graph.getNodeList().forEach(found::pass);
    return found;
  }

  int of(String tensor) {
    return types.getOrDefault(tensor, UNKNOWN);
  }

  private void put(Onnx.ValueInfo info) {
    put(info.getName(), info.getType().getTensorType().getElemType());
  }

  private void put(String tensor, int type) {
    if (type != UNKNOWN) {
      types.putIfAbsent(tensor, type);
    }
  }

  private void pass(Onnx.Node node) {
    int type = typeOf(node);
    node.getOutputList().forEach(output -> put(output, type));
  }

  private int typeOf(Onnx.Node node) {
    String op = node.getOpType();
    if (op.equals("Cast")) {
      return (int) attribute(node, "to").getI();
    }
    if (op.equals("Constant") || op.equals("ConstantOfShape")) {
      int type = attribute(node, "value").getT().getDataType();
      return type != UNKNOWN || op.equals("Constant") ? type : FLOAT;
    }
    if (INDICES.contains(op)) {
      return INT64;
    }
    if (TRUTHS.contains(op)) {
      return BOOL;
    }
    int first = op.equals("Where") ? 1 : 0;
    return node.getInputCount() > first ? of(node.getInput(first)) : UNKNOWN;
  }

  private static Onnx.Attribute attribute(Onnx.Node node, String name) {
    return node.getAttributeList().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElse(Onnx.Attribute.getDefaultInstance());
  }
}
