package dev.alicorn.gpuworker.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.gpuworker.tokenize.WordPiece;
import dev.alicorn.protocol.ContentHash;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// A text encoder on ONNX Runtime's CPU provider, in fp32.
///
/// One session with one thread of its own serves any number of callers; as many callers as cores is
/// the fastest shape. Each row is a run of its own, which is as fast on a CPU as any batch and
/// needs no padding, so that the mean over a row's tokens is the mean under its attention mask and
/// its bits do not depend on what else is encoded.
public final class OnnxEncoder implements TextEncoder {
  private static final String SETTINGS = "onnx fp32, mean pooling, unit length, tokens_max ";

  private final EncoderDescription description;
  private final WordPiece tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxEncoder(
      EncoderDescription description,
      WordPiece tokenizer,
      OrtEnvironment environment,
      OrtSession session) {
    this.description = description;
    this.tokenizer = tokenizer;
    this.environment = environment;
    this.session = session;
  }

  /// The dimension of a model's vectors, from the catalogue alone.
  ///
  /// @param id what a deployment calls the model
  public static OptionalInt dimension(String id) {
    return OnnxModel.ALL.stream()
        .filter(known -> known.id().equals(id))
        .mapToInt(OnnxModel::dimension)
        .findFirst();
  }

  /// Loads a model of the class path.
  ///
  /// @throws EncoderException where there is no such model, or ONNX Runtime does not run here
  public static OnnxEncoder open(String id) throws EncoderException {
    OnnxModel model =
        OnnxModel.ALL.stream()
            .filter(known -> known.id().equals(id))
            .findFirst()
            .orElseThrow(() ->
                new EncoderException(
                    "encoder model %s: unknown; the onnx backend has %s"
                        .formatted(id, OnnxModel.ALL.stream().map(OnnxModel::id).toList())));
    try (Arena arena = Arena.ofConfined()) {
      ByteBuffer weights = resource(model.weights(), arena);
      ByteBuffer tokenizerJson = resource(model.tokenizer(), arena);
      String identity =
          "weights %s, tokenizer %s, %s%d"
              .formatted(sha256(weights), sha256(tokenizerJson), SETTINGS, model.tokensMax());
      EncoderDescription description =
          new EncoderDescription(
              model.name(),
              ContentHash.of(identity),
              model.dimension(),
              model.tokensMax(),
              true,
              model.imageTower());
      WordPiece tokenizer;
      try (InputStream json = stream(model.tokenizer())) {
        tokenizer = WordPiece.read(json, model.tokensMax());
      }
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, "alicorn");
      environment.setTelemetry(false);
      return new OnnxEncoder(description, tokenizer, environment, session(environment, weights));
    } catch (IOException e) {
      throw new EncoderException(
          "encoder model %s: its files cannot be read from the class path (%s); reinstall Alicorn"
              .formatted(id, e.getMessage()),
          e);
    } catch (OrtException | LinkageError e) {
      throw new EncoderException(
          "encoder model %s: ONNX Runtime does not load it (%s); it needs 64-bit Linux, macOS or Windows and a writable temporary folder"
              .formatted(id, e.getMessage()),
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
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("closing an encoder's session", e);
    }
  }

  private Embedding encode(TokenSequence row) throws OrtException {
    int length = row.length();
    long[] shape = {1, length};
    long[] ids = new long[length];
    for (int i = 0; i < length; i++) {
      ids[i] = row.id(i);
    }
    long[] attended = new long[length];
    Arrays.fill(attended, 1);
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(attended), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[length]), shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", idTensor, "attention_mask", mask, "token_type_ids", types))) {
      OnnxTensor hidden = (OnnxTensor) result.get(0);
      return pool(hidden.getFloatBuffer(), length);
    }
  }

  /// The mean of the token vectors, scaled to unit length; summed in float64, in token order.
  private Embedding pool(FloatBuffer hidden, int length) {
    int dimension = dimension();
    float[] token = new float[dimension];
    double[] sum = new double[dimension];
    for (int i = 0; i < length; i++) {
      hidden.get(token);
      for (int j = 0; j < dimension; j++) {
        sum[j] += token[j];
      }
    }
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    double norm = Math.sqrt(squares);
    for (int j = 0; j < dimension; j++) {
      token[j] = (float) (sum[j] / norm);
    }
    return Embedding.wrap(token);
  }

  private static OrtSession session(OrtEnvironment environment, ByteBuffer weights)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // Rows differ in length: a plan a length would only grow.
      options.setMemoryPatternOptimization(false);
      return environment.createSession(weights, options);
    }
  }

  private static ByteBuffer resource(String name, Arena arena) throws IOException {
    try (InputStream in = stream(name)) {
      byte[] bytes = in.readAllBytes();
      ByteBuffer direct = arena.allocate(bytes.length).asByteBuffer();
      return direct.put(bytes).flip();
    }
  }

  private static InputStream stream(String name) throws IOException {
    InputStream in = OnnxEncoder.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("no resource " + name);
    }
    return in;
  }

  private static String sha256(ByteBuffer bytes) {
    MessageDigest digest = ContentHash.sha256();
    digest.update(bytes.duplicate());
    return HexFormat.of().formatHex(digest.digest());
  }
}
