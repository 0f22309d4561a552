package dev.alicorn.gpuworker.tensorrt.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrecisionCastsTest {
  private static final Onnx.Node SOFTMAX = GraphNodes.node("Softmax", List.of("scores"), "shares");
  private static final Onnx.Node PRODUCT = GraphNodes.node("MatMul", List.of("scores", "w"), "mix");

  @Test
  void softmaxOfAFloat16GraphIsInFloat32() {
    List<Onnx.Node> nodes = around(TensorTypes.FLOAT16, SOFTMAX);
    assertThat(nodes).extracting(Onnx.Node::getOpType).containsExactly("Cast", "Softmax", "Cast");
    assertThat(nodes.getFirst().getInputList()).containsExactly("scores");
    assertThat(nodes.getFirst().getAttribute(0).getI()).isEqualTo(TensorTypes.FLOAT);
    assertThat(nodes.get(1).getInputList()).isEqualTo(nodes.getFirst().getOutputList());
    assertThat(nodes.getLast().getInputList()).isEqualTo(nodes.get(1).getOutputList());
    assertThat(nodes.getLast().getOutputList()).containsExactly("shares");
    assertThat(nodes.getLast().getAttribute(0).getI()).isEqualTo(TensorTypes.FLOAT16);
  }

  @Test
  void whatIsInItsPrecisionStaysAsItIs() {
    assertThat(around(TensorTypes.FLOAT, SOFTMAX)).containsExactly(SOFTMAX);
    assertThat(around(TensorTypes.FLOAT16, PRODUCT)).containsExactly(PRODUCT);
    assertThat(around(TensorTypes.INT64, PRODUCT)).containsExactly(PRODUCT);
  }

  @Test
  void bothFactorsOfAFloat32ProductAreCast() {
    assertThat(around(TensorTypes.FLOAT, PRODUCT))
        .extracting(Onnx.Node::getOpType)
        .containsExactly("Cast", "Cast", "MatMul", "Cast");
  }

  @Test
  void typesFollowTheNodes() {
    Onnx.Graph graph =
        Onnx.Graph.newBuilder()
            .addInput(GraphNodes.tensor("ids", TensorTypes.INT64, -1, -1))
            .addInitializer(GraphNodes.ones("w", 2))
            .addNode(GraphNodes.node("Gather", List.of("w", "ids"), "hidden"))
            .addNode(GraphNodes.node("Equal", List.of("ids", "ids"), "same"))
            .addNode(GraphNodes.cast("hidden", TensorTypes.FLOAT16, "half"))
            .addNode(GraphNodes.node("Where", List.of("same", "half", "half"), "chosen"))
            .addNode(GraphNodes.node("Shape", List.of("half"), "shape"))
            .build();
    TensorTypes types = TensorTypes.of(graph);
    assertThat(Stream.of("hidden", "same", "half", "chosen", "shape", "unheard").map(types::of))
        .containsExactly(
            TensorTypes.FLOAT,
            TensorTypes.BOOL,
            TensorTypes.FLOAT16,
            TensorTypes.FLOAT16,
            TensorTypes.INT64,
            TensorTypes.UNKNOWN);
  }

  private static List<Onnx.Node> around(int type, Onnx.Node node) {
    Onnx.Graph graph =
        Onnx.Graph.newBuilder()
            .addInput(GraphNodes.tensor("scores", type, -1, -1))
            .addInput(GraphNodes.tensor("w", type, -1, -1))
            .build();
    return new PrecisionCasts(TensorTypes.of(graph), Precision.FP16).around(node);
  }
}
