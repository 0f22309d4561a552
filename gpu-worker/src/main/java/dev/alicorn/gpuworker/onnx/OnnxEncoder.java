package dev.alicorn.gpuworker.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.alicorn.config.EncoderSettings;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.folder.UnfitGraphException;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.gpuworker.tokenize.Tokenizer;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;

/// A text encoder on ONNX Runtime's CPU provider, in the precision of its graph.
///
/// One session with one thread of its own serves any number of callers; as many callers as cores is
/// the fastest shape. Each row is a run of its own, which is as fast on a CPU as any batch and
/// needs no padding, so that its bits do not depend on what else is encoded.
public final class OnnxEncoder implements TextEncoder {
  private static final String BACKEND = "onnx fp32";

  private final EncoderDescription description;
  private final Tokenizer tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OnnxGraph graph;
  private final Pooling pooling;

  private OnnxEncoder(
      EncoderDescription description,
      Tokenizer tokenizer,
      OrtEnvironment environment,
      OrtSession session,
      OnnxGraph graph,
      Pooling pooling) {
    this.description = description;
    this.tokenizer = tokenizer;
    this.environment = environment;
    this.session = session;
    this.graph = graph;
    this.pooling = pooling;
  }

  /// Loads the encoder of a folder.
  ///
  /// @throws EncoderException where ONNX Runtime does not run here, or its files do not fit
  ///   together
  public static OnnxEncoder open(EncoderFolder folder) throws EncoderException {
    EncoderSettings settings = folder.settings();
    EncoderDescription description = folder.description(BACKEND);
    Tokenizer tokenizer = folder.tokenizer();
    try {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "alicorn");
      environment.setTelemetry(false);
      OrtSession session = session(environment, folder);
      try {
        return new OnnxEncoder(
            description,
            tokenizer,
            environment,
            session,
            OnnxGraph.of(session, settings),
            new Pooling(settings.pooling(), settings.dimension(), settings.unitLength()));
      } catch (OrtException | UnfitGraphException e) {
        session.close();
        throw e;
      }
    } catch (UnfitGraphException e) {
      tokenizer.close();
      throw new EncoderException("encoder %s: %s".formatted(folder.path(), e.getMessage()), e);
    } catch (OrtException | LinkageError e) {
      tokenizer.close();
      throw new EncoderException(
          "encoder %s: ONNX Runtime does not load it (%s); it needs 64-bit Linux, macOS or Windows, a writable temporary folder and a whole model.onnx"
              .formatted(folder.path(), e.getMessage()),
          e);
    }
  }

  @Override
  public EncoderDescription description() {
    return description;
  }

  @Override
  public TokenSequence tokenize(String text) {
    return tokenizer.tokenize(text);
  }

  @Override
  public List<Embedding> encode(TokenBatch batch) throws EncoderException {
    try {
      List<Embedding> vectors = new ArrayList<>(batch.rows().size());
      for (TokenSequence row : batch.rows()) {
        vectors.add(encode(row));
      }
      return vectors;
    } catch (OrtException e) {
      throw new EncoderException(
          "encoder %s: ONNX Runtime failed: %s".formatted(description.name(), e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("closing an encoder's session", e);
    }
  }

  private Embedding encode(TokenSequence row) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (String name : graph.inputs()) {
        inputs.put(name, tensor(row.length(), input(name, row)));
      }
      try (OrtSession.Result result = session.run(inputs, Set.of(graph.output()))) {
        OnnxTensor hidden = (OnnxTensor) result.get(0);
        return pooling.pool(hidden.getFloatBuffer(), row.attended(), row.length());
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static IntToLongFunction input(String name, TokenSequence row) {
    return switch (name) {
      case OnnxGraph.IDS -> row::id;
      case OnnxGraph.MASK -> at -> at < row.attended() ? 1 : 0;
      case OnnxGraph.TYPES -> _ -> 0;
      case OnnxGraph.POSITIONS -> at -> at;
      default -> throw new IllegalArgumentException("input " + name);
    };
  }

  /// A tensor of shape `[1, length]`.
  private OnnxTensor tensor(int length, IntToLongFunction values) throws OrtException {
    long[] row = new long[length];
    for (int i = 0; i < length; i++) {
      row[i] = values.applyAsLong(i);
    }
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(row), new long[] {1, length});
  }

  private static OrtSession session(OrtEnvironment environment, EncoderFolder folder)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // Rows differ in length: a plan a length would only grow.
      options.setMemoryPatternOptimization(false);
      return environment.createSession(folder.model().toString(), options);
    }
  }
}
