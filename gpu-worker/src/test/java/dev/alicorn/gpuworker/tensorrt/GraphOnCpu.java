package dev.alicorn.gpuworker.tensorrt;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.alicorn.config.EncoderSettings;
import dev.alicorn.gpuworker.tensorrt.graph.EncoderGraph;
import dev.alicorn.gpuworker.tensorrt.graph.HostInput;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.protocol.Embedding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What TensorRT would be given, run by ONNX Runtime: the changed graph over a batch as it lies in
/// pinned memory, one row more than there are captions.
public final class GraphOnCpu {
  private GraphOnCpu() {}

  public static List<Embedding> run(
      EncoderGraph graph, EncoderSettings settings, List<TokenSequence> captions) throws Exception {
    int tokens = captions.stream().mapToInt(TokenSequence::length).max().orElseThrow() + 5;
    Bucket bucket = new Bucket(tokens, captions.size() + 1);
    InputLayout layout = new InputLayout(graph.inputs(), settings.pooling(), settings.dimension());
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (Arena arena = Arena.ofConfined();
        OrtSession session = environment.createSession(graph.onnx())) {
      MemorySegment memory = arena.allocate(layout.inputBytes(bucket));
      layout.pack(captions, bucket, memory);
      for (int i = 0; i < graph.inputs().size(); i++) {
        HostInput input = graph.inputs().get(i);
        ByteBuffer bytes =
            memory
                .asSlice(layout.offset(i, bucket), 4L * bucket.elements())
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
        inputs.put(
            input.tensor(),
            OnnxTensor.createTensor(
                environment,
                bytes,
                input.shape(bucket.rows(), bucket.tokens()),
                input == HostInput.WEIGHTS ? OnnxJavaType.FLOAT : OnnxJavaType.INT32));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        OnnxTensor vectors = (OnnxTensor) result.get(0);
        float[] all = new float[bucket.rows() * settings.dimension()];
        vectors.getFloatBuffer().get(all);
        return layout.unpack(MemorySegment.ofArray(all), captions.size());
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }
}
