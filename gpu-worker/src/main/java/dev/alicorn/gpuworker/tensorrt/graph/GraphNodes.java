package dev.alicorn.gpuworker.tensorrt.graph;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Nodes and constants that are added to a graph.
final class GraphNodes {
  /// Before every name that is ours.
  static final String PREFIX = "alicorn_";

  private static final int ATTRIBUTE_INT = 2;

  private GraphNodes() {}

  static Onnx.Node node(String op, List<String> inputs, String output) {
    return Onnx.Node.newBuilder()
        .setOpType(op)
        .setName(output + "_node")
        .addAllInput(inputs)
        .addOutput(output)
        .build();
  }

  static Onnx.Node cast(String input, int type, String output) {
    return node("Cast", List.of(input), output).toBuilder()
        .addAttribute(Onnx.Attribute.newBuilder().setName("to").setI(type).setType(ATTRIBUTE_INT))
        .build();
  }

  static Onnx.Tensor longs(String name, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return Onnx.Tensor.newBuilder()
        .setName(name)
        .setDataType(TensorTypes.INT64)
        .addDims(values.length)
        .setRawData(ByteString.copyFrom(bytes.flip()))
        .build();
  }

  /// A column of ones of shape `[length, 1]`.
  static Onnx.Tensor ones(String name, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      bytes.putFloat(1);
    }
    return Onnx.Tensor.newBuilder()
        .setName(name)
        .setDataType(TensorTypes.FLOAT)
        .addDims(length)
        .addDims(1)
        .setRawData(ByteString.copyFrom(bytes.flip()))
        .build();
  }

  /// A tensor of a graph's input or output; a dimension of -1 is left open.
  static Onnx.ValueInfo tensor(String name, int type, long... shape) {
    Onnx.Shape.Builder dimensions = Onnx.Shape.newBuilder();
    for (int i = 0; i < shape.length; i++) {
      dimensions.addDim(
          shape[i] >= 0
              ? Onnx.Dimension.newBuilder().setDimValue(shape[i])
              : Onnx.Dimension.newBuilder().setDimParam(PREFIX + (i == 0 ? "rows" : "tokens")));
    }
    return Onnx.ValueInfo.newBuilder()
        .setName(name)
        .setType(
            Onnx.Type.newBuilder()
                .setTensorType(Onnx.TensorType.newBuilder().setElemType(type).setShape(dimensions)))
        .build();
  }
}
