package dev.alicorn.gpuworker.tensorrt.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import dev.alicorn.config.EncoderSettings;
import dev.alicorn.config.EncoderSettings.Pooling;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.folder.CatalogueEncoders;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.folder.UnfitGraphException;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import dev.alicorn.gpuworker.tensorrt.GraphOnCpu;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The changed graph in ONNX Runtime, against the exported one with pooling outside of it.
class EncoderGraphIT {
  private static final List<String> TEXTS =
      List.of(
          "A dog.",
          "Nine loaves lie in the baker's window, and a cat sleeps beside them in the sun.",
          "Rain on a tin roof. ".repeat(8));

  @ParameterizedTest
  @CsvSource({
    "MEAN, true, FP32",
    "CLS, true, FP32",
    "EOS, true, FP32",
    "LAST, false, FP32",
    "MEAN, false, FP16",
    "CLS, true, FP16",
  })
  void vectorsAreThoseOfTheExportedGraph(Pooling pooling, boolean unitLength, Precision precision)
      throws Exception {
    EncoderFolder minilm = CatalogueEncoders.minilm();
    EncoderFolder folder =
        new EncoderFolder(minilm.path(), with(minilm.settings(), pooling, unitLength));
    assertAgrees(folder, precision);
  }

  @Test
  void anotherModelToo() throws Exception {
    assertAgrees(CatalogueEncoders.bge(), Precision.FP16);
  }

  @Test
  void productsAreInFloat16AndTheRestIsNot() throws Exception {
    EncoderFolder folder = CatalogueEncoders.minilm();
    byte[] exported = Files.readAllBytes(folder.model());
    Onnx.Graph graph = graph(exported, folder.settings(), Precision.FP16);
    TensorTypes types = TensorTypes.of(graph);
    int products = 0;
    for (Onnx.Node node : graph.getNodeList()) {
      if (node.getOpType().equals("MatMul")
          && !node.getInput(0).startsWith("alicorn_w")
          && !node.getInput(0).equals("alicorn_squares")) {
        assertThat(types.of(node.getInput(0))).isEqualTo(TensorTypes.FLOAT16);
        assertThat(types.of(node.getInput(1))).isEqualTo(TensorTypes.FLOAT16);
        products++;
      } else if (node.getOpType().equals("Softmax") || node.getOpType().equals("Sqrt")) {
        assertThat(types.of(node.getInput(0))).isEqualTo(TensorTypes.FLOAT);
      }
    }
    // Six layers of query, key, value, scores, mix, output and two of the feed-forward part.
    assertThat(products).isEqualTo(48);
  }

  @Test
  void settingsThatDoNotFitAreTold() throws Exception {
    EncoderFolder folder = CatalogueEncoders.minilm();
    byte[] exported = Files.readAllBytes(folder.model());
    EncoderSettings pooled = with(folder.settings(), Pooling.MODEL, true);
    assertThatThrownBy(() -> EncoderGraph.of(exported, pooled, Precision.FP32))
        .isInstanceOf(UnfitGraphException.class)
        .hasMessageContaining("of rank 2 and dimension 384; name one as output");
    assertThatThrownBy(
            () -> EncoderGraph.of(new byte[] {58, 99, 1}, folder.settings(), Precision.FP32))
        .isInstanceOf(UnfitGraphException.class)
        .hasMessageContaining("model.onnx is damaged");
  }

  private static void assertAgrees(EncoderFolder folder, Precision precision) throws Exception {
    EncoderGraph graph =
        EncoderGraph.of(Files.readAllBytes(folder.model()), folder.settings(), precision);
    try (OnnxEncoder reference = OnnxEncoder.open(folder)) {
      List<TokenSequence> rows = TEXTS.stream().map(reference::tokenize).toList();
      List<Embedding> expected =
          reference.encode(new TokenBatch(rows, IntStream.range(0, rows.size()).boxed().toList()));
      List<Embedding> vectors = GraphOnCpu.run(graph, folder.settings(), rows);
      for (int i = 0; i < rows.size(); i++) {
        assertThat(distance(vectors.get(i), expected.get(i)))
            .as("%s of %s", precision, TEXTS.get(i))
            .isLessThan(precision == Precision.FP32 ? 1e-5 : 3e-2);
      }
    }
  }

  /// The length of the difference, of the expected length.
  private static double distance(Embedding vector, Embedding expected) {
    double squares = 0;
    double length = 0;
    for (int i = 0; i < expected.dimension(); i++) {
      squares += Math.pow(vector.get(i) - expected.get(i), 2);
      length += Math.pow(expected.get(i), 2);
    }
    return Math.sqrt(squares / length);
  }

  private static Onnx.Graph graph(byte[] exported, EncoderSettings settings, Precision precision)
      throws Exception {
    return Onnx.Model.parseFrom(EncoderGraph.of(exported, settings, precision).onnx()).getGraph();
  }

  private static EncoderSettings with(EncoderSettings of, Pooling pooling, boolean unitLength) {
    return new EncoderSettings(
        of.name(),
        of.dimension(),
        of.tokensMax(),
        of.padded(),
        pooling,
        unitLength,
        of.before(),
        of.after(),
        of.output(),
        of.imageTower());
  }
}
