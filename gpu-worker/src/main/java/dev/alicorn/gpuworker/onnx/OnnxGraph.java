package dev.alicorn.gpuworker.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.alicorn.config.EncoderSettings;
import dev.alicorn.gpuworker.folder.UnfitGraphException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an encoder's graph takes and which of its outputs is meant.
///
/// @param inputs names that it has of [#INPUTS], all int64 of shape `[rows, tokens]`
/// @param output float of shape `[rows, tokens, dimension]`, or `[rows, dimension]` where the graph
///   pools by itself
record OnnxGraph(List<String> inputs, String output) {
  static final String IDS = "input_ids";
  static final String MASK = "attention_mask";
  static final String TYPES = "token_type_ids";
  static final String POSITIONS = "position_ids";

  private static final List<String> INPUTS = List.of(IDS, MASK, TYPES, POSITIONS);

  /// Finds its way about in a graph.
  ///
  /// @throws UnfitGraphException where it is no text encoder as `encoder.conf` describes it
  static OnnxGraph of(OrtSession session, EncoderSettings settings)
      throws OrtException, UnfitGraphException {
    return new OnnxGraph(inputs(session), output(session, settings));
  }

  private static List<String> inputs(OrtSession session) throws OrtException, UnfitGraphException {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
      if (!INPUTS.contains(input.getKey())) {
        throw new UnfitGraphException(
            "its graph has an input "
                + input.getKey()
                + "; export it with inputs out of "
                + INPUTS);
      }
      if (!(input.getValue().getInfo() instanceof TensorInfo tensor)
          || tensor.type != OnnxJavaType.INT64) {
        throw new UnfitGraphException(
            "its input " + input.getKey() + " is no int64 tensor; export it with int64 inputs");
      }
      names.add(input.getKey());
    }
    return names;
  }

  private static String output(OrtSession session, EncoderSettings settings)
      throws OrtException, UnfitGraphException {
    int rank = settings.pooling() == EncoderSettings.Pooling.MODEL ? 2 : 3;
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    if (!settings.output().isEmpty()) {
      NodeInfo named = outputs.get(settings.output());
      if (named == null || !fits(named, rank, settings.dimension())) {
        throw new UnfitGraphException(
            "its graph has no output %s of rank %d and dimension %d; it has %s"
                .formatted(settings.output(), rank, settings.dimension(), outputs.keySet()));
      }
      return settings.output();
    }
    List<String> fitting =
        outputs.entrySet().stream()
            .filter(output -> fits(output.getValue(), rank, settings.dimension()))
            .map(Map.Entry::getKey)
            .toList();
    return Optional.of(fitting)
        .filter(names -> names.size() == 1)
        .map(List::getFirst)
        .orElseThrow(() ->
            new UnfitGraphException(
                "%d of its graph's outputs %s have rank %d and dimension %d; name one as output in encoder.conf, or mend its dimension and pooling"
                    .formatted(fitting.size(), outputs.keySet(), rank, settings.dimension())));
  }

  private static boolean fits(NodeInfo output, int rank, int dimension) {
    if (!(output.getInfo() instanceof TensorInfo tensor)) {
      return false;
    }
    long[] shape = tensor.getShape();
    boolean isFloat =
        tensor.type == OnnxJavaType.FLOAT
            || tensor.type == OnnxJavaType.FLOAT16
            || tensor.type == OnnxJavaType.BFLOAT16;
    // A dimension that the graph leaves open is -1.
    return isFloat
        && shape.length == rank
        && (shape[rank - 1] == dimension || shape[rank - 1] == -1);
  }
}
