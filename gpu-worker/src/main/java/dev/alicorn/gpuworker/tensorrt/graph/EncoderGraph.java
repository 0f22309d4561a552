package dev.alicorn.gpuworker.tensorrt.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import dev.alicorn.config.EncoderSettings;
import dev.alicorn.gpuworker.folder.UnfitGraphException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// An encoder's graph with everything up to the caption's vector inside.
///
/// Its inputs are [HostInput]s, its one output [#VECTOR] is float32 of shape `[rows, dimension]`.
/// Pooling is a product of the weights that the host gives with the tokens' vectors, so one graph
/// serves every kind of it; that and the scaling to length 1 are in float32.
public final class EncoderGraph {
  /// The name of the output.
  public static final String VECTOR = "alicorn_vector";

  private static final String TYPES = "token_type_ids";

  private final Onnx.Model model;
  private final List<HostInput> inputs;

  private EncoderGraph(Onnx.Model model, List<HostInput> inputs) {
    this.model = model;
    this.inputs = inputs;
  }

  /// The graph in ONNX's format.
  public byte[] onnx() {
    return model.toByteArray();
  }

  /// Those that it has, in their order.
  public List<HostInput> inputs() {
    return inputs;
  }

  /// Makes it of an exported graph.
  ///
  /// @param exported ONNX, with weights inside or in files beside it
  /// @throws UnfitGraphException where it is no text encoder as the settings describe it
  public static EncoderGraph of(byte[] exported, EncoderSettings settings, Precision precision)
      throws UnfitGraphException {
    Onnx.Model model;
    try {
      model = Onnx.Model.parseFrom(exported);
    } catch (InvalidProtocolBufferException e) {
      throw new UnfitGraphException("its model.onnx is damaged: %s".formatted(e.getMessage()));
    }
    Onnx.Graph given = model.getGraph();
    if (precision == Precision.FP32
        && given.getInitializerList().stream()
            .anyMatch(weights -> weights.getDataType() == TensorTypes.FLOAT16)) {
      throw new UnfitGraphException(
          "its weights are float16; say precision = fp16, or take a float32 model.onnx");
    }
    TensorTypes types = TensorTypes.of(given);
    String hidden = output(given, settings);
    Onnx.Graph.Builder graph =
        given.toBuilder().clearNode().clearInput().clearOutput().clearValueInfo();
    EnumSet<HostInput> inputs = EnumSet.noneOf(HostInput.class);
    addInputs(given, graph, inputs);
    PrecisionCasts casts = new PrecisionCasts(types, precision);
    given.getNodeList().forEach(node -> casts.around(node).forEach(graph::addNode));
    addPooling(graph, hidden, settings, inputs);
    return new EncoderGraph(model.toBuilder().setGraph(graph).build(), List.copyOf(inputs));
  }

  private static void addInputs(
      Onnx.Graph given, Onnx.Graph.Builder graph, EnumSet<HostInput> inputs)
      throws UnfitGraphException {
    List<String> weights = given.getInitializerList().stream().map(Onnx.Tensor::getName).toList();
    boolean typed = false;
    for (Onnx.ValueInfo input : given.getInputList()) {
      // Older exports list weights among the inputs.
      if (weights.contains(input.getName())) {
        continue;
      }
      if (input.getType().getTensorType().getElemType() != TensorTypes.INT64) {
        throw new UnfitGraphException(
            "its input %s is no int64 tensor; export it with int64 inputs"
                .formatted(input.getName()));
      }
      if (input.getName().equals(TYPES)) {
        typed = true;
        continue;
      }
      HostInput host =
          Arrays.stream(HostInput.values())
              .filter(each -> each.replaced().equals(input.getName()))
              .findFirst()
              .orElseThrow(() ->
                  new UnfitGraphException(
                      "its graph has an input %s; export it with inputs out of input_ids, attention_mask, token_type_ids, position_ids"
                          .formatted(input.getName())));
      inputs.add(host);
      graph.addInput(GraphNodes.tensor(host.tensor(), TensorTypes.INT32, -1, -1));
      graph.addNode(GraphNodes.cast(host.tensor(), TensorTypes.INT64, host.replaced()));
    }
    if (!inputs.contains(HostInput.IDS)) {
      throw new UnfitGraphException("its graph has no input input_ids; export it with one");
    }
    if (typed) {
      String ids = HostInput.IDS.replaced();
      graph.addNode(GraphNodes.node("Sub", List.of(ids, ids), TYPES));
    }
  }

  private static void addPooling(
      Onnx.Graph.Builder graph,
      String hidden,
      EncoderSettings settings,
      EnumSet<HostInput> inputs) {
    String vector = name("hidden");
    graph.addNode(GraphNodes.cast(hidden, TensorTypes.FLOAT, vector));
    if (settings.pooling() != EncoderSettings.Pooling.MODEL) {
      inputs.add(HostInput.WEIGHTS);
      graph.addInput(GraphNodes.tensor(HostInput.WEIGHTS.tensor(), TensorTypes.FLOAT, -1, 1, -1));
      String pooled = name("pooled");
      graph.addNode(GraphNodes.node("MatMul", List.of(HostInput.WEIGHTS.tensor(), vector), pooled));
      String shape = name("shape");
      graph.addInitializer(GraphNodes.longs(shape, -1, settings.dimension()));
      vector = name("row");
      graph.addNode(GraphNodes.node("Reshape", List.of(pooled, shape), vector));
    }
    if (settings.unitLength()) {
      String ones = name("ones");
      graph.addInitializer(GraphNodes.ones(ones, settings.dimension()));
      graph.addNode(GraphNodes.node("Mul", List.of(vector, vector), name("squares")));
      graph.addNode(GraphNodes.node("MatMul", List.of(name("squares"), ones), name("sum")));
      graph.addNode(GraphNodes.node("Sqrt", List.of(name("sum")), name("length")));
      graph.addNode(GraphNodes.node("Div", List.of(vector, name("length")), VECTOR));
    } else {
      graph.addNode(GraphNodes.node("Identity", List.of(vector), VECTOR));
    }
    graph.addOutput(GraphNodes.tensor(VECTOR, TensorTypes.FLOAT, -1, settings.dimension()));
  }

  private static String name(String what) {
    return GraphNodes.PREFIX + what;
  }

  private static String output(Onnx.Graph graph, EncoderSettings settings)
      throws UnfitGraphException {
    int rank = settings.pooling() == EncoderSettings.Pooling.MODEL ? 2 : 3;
    List<String> names = graph.getOutputList().stream().map(Onnx.ValueInfo::getName).toList();
    List<String> fitting =
        graph.getOutputList().stream()
            .filter(output -> fits(output, rank, settings.dimension()))
            .map(Onnx.ValueInfo::getName)
            .filter(name -> settings.output().isEmpty() || name.equals(settings.output()))
            .toList();
    return Optional.of(fitting)
        .filter(found -> found.size() == 1)
        .map(List::getFirst)
        .orElseThrow(() ->
            new UnfitGraphException(
                "%d of its graph's outputs %s are the vectors that encoder.conf describes, of rank %d and dimension %d; name one as output, or mend dimension and pooling"
                    .formatted(fitting.size(), names, rank, settings.dimension())));
  }

  private static boolean fits(Onnx.ValueInfo output, int rank, int dimension) {
    Onnx.TensorType type = output.getType().getTensorType();
    boolean isFloat =
        type.getElemType() == TensorTypes.FLOAT
            || type.getElemType() == TensorTypes.FLOAT16
            || type.getElemType() == TensorTypes.BFLOAT16;
    if (!isFloat || type.getShape().getDimCount() != rank) {
      return false;
    }
    Onnx.Dimension last = type.getShape().getDim(rank - 1);
    return !last.hasDimValue() || last.getDimValue() == dimension;
  }
}
