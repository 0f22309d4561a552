package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.config.EncoderConfig;
import dev.alicorn.config.EncoderSettings;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.TextEncoder;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.device.DeviceProbe;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.onnx.OnnxEncoder;
import dev.alicorn.gpuworker.tensorrt.cuda.CudaContext;
import dev.alicorn.gpuworker.tensorrt.cuda.DeviceException;
import dev.alicorn.gpuworker.tokenize.TokenSequence;
import dev.alicorn.gpuworker.tokenize.Tokenizer;
import dev.alicorn.protocol.Embedding;
import dev.alicorn.protocol.EncoderDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A text encoder in TensorRT on an NVIDIA device.
///
/// Its engine is built once for each device, version and setting, and kept; what it gives is
/// compared with ONNX Runtime's vectors before it is used.
public final class TensorRtEncoder implements TextEncoder {
  private static final Logger LOG = LoggerFactory.getLogger(TensorRtEncoder.class);
  private static final long WORKSPACE_BYTES_MAX = 4L << 30;

  /// So that, of the captions of each length, at most a small part is in a batch that is not full.
  private static final int WINDOW_BATCHES = 16;

  private final EncoderDescription description;
  private final int batchTokens;
  private final Tokenizer tokenizer;
  private final CudaContext cuda;
  private final Lanes lanes;
  private final DeviceLoss loss;

  TensorRtEncoder(
      EncoderDescription description,
      int batchTokens,
      Tokenizer tokenizer,
      CudaContext cuda,
      Lanes lanes,
      DeviceLoss loss) {
    this.description = description;
    this.batchTokens = batchTokens;
    this.tokenizer = tokenizer;
    this.cuda = cuda;
    this.lanes = lanes;
    this.loss = loss;
  }

  /// Opens the encoder of a folder; takes minutes where its engine must be built first.
  ///
  /// @throws EncoderException where there is no device or no TensorRT for it, no engine can be
  ///   built, or its vectors are wrong
  public static TensorRtEncoder open(EncoderConfig.TensorRt config, EncoderFolder folder)
      throws EncoderException {
    DeviceChoice device = DeviceChoice.of(DeviceProbe.ask());
    try {
      Path libraries =
          TensorRtFiles.folder(
              config.libraries(), Optional.ofNullable(System.getenv("TENSORRT_HOME")));
      int version = TensorRtLibraries.load(TensorRtFiles.in(libraries));
      TensorRtEncoder encoder = open(config, folder, device, libraries, version);
      try {
        encoder.requireAgreement(folder, config.precision());
      } catch (EncoderException e) {
        encoder.close();
        throw e;
      }
      return encoder;
    } catch (IOException | DeviceException | LinkageError e) {
      throw new EncoderException(
          "encoder %s: TensorRT on %s: %s"
              .formatted(folder.path(), device.device().name(), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EncoderException("encoder %s: interrupted".formatted(folder.path()), e);
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
  public int windowTokens() {
    return WINDOW_BATCHES * batchTokens;
  }

  @Override
  public List<TokenBatch> cut(List<TokenSequence> window, int batchTokensMax) {
    return lanes.buckets().cut(window);
  }

  @Override
  public List<Embedding> encode(TokenBatch batch) throws EncoderException {
    return onDevice(() -> lanes.encode(batch.rows()));
  }

  /// The shapes in which captions are run, the shortest first; smaller ones than were asked for
  /// where the device is short of memory.
  public List<Bucket> buckets() {
    return lanes.buckets().buckets();
  }

  /// Runs one of the shapes so many times on each stream, over whatever lies in its memory: what
  /// the device does where nothing is packed, copied or waited for in between. It is there to
  /// compare with.
  ///
  /// @param index of the shape
  /// @return rows that were run
  /// @throws EncoderException where the device fails
  public long launch(int index, int times) throws EncoderException {
    return onDevice(() -> lanes.launch(index, times));
  }

  /// What share of the tokens that the device has computed so far is padding, 0 to 1.
  public double paddingShare() {
    return lanes.paddingShare();
  }

  @Override
  public void close() {
    LOG.info(
        "encoder {}: {} of the tokens that the device computed were padding",
        description.name(),
        String.format(Locale.ROOT, "%.1f %%", 100 * lanes.paddingShare()));
    tokenizer.close();
    lanes.close();
    cuda.close();
  }

  /// Something that the device does.
  private interface OnDevice<T> {
    T run() throws DeviceException;
  }

  private <T> T onDevice(OnDevice<T> work) throws EncoderException {
    try {
      return work.run();
    } catch (DeviceException e) {
      String line = "encoder %s: %s".formatted(description.name(), e.getMessage());
      if (e.isSticky()) {
        loss.lost(line + "; the device is lost to this process, start it again");
      }
      throw new EncoderException(line, e);
    }
  }

  private static TensorRtEncoder open(
      EncoderConfig.TensorRt config,
      EncoderFolder folder,
      DeviceChoice device,
      Path libraries,
      int version)
      throws EncoderException, IOException, DeviceException, InterruptedException {
    EncoderSettings settings = folder.settings();
    Buckets buckets = Buckets.of(settings.tokensMax(), settings.padded(), config.batchTokens());
    EngineKey key =
        new EngineKey(
            folder.weightsHash(),
            "%s pooling, unit length %s, output '%s', dimension %d"
                .formatted(
                    settings.pooling().key(),
                    settings.unitLength(),
                    settings.output(),
                    settings.dimension()),
            version,
            device.device().capability(),
            device.device().name(),
            device.driver(),
            buckets,
            config.precision());
    EncoderDescription description = folder.description("tensorrt " + key.hash().hex());
    Tokenizer tokenizer = folder.tokenizer();
    try {
      CudaContext cuda = CudaContext.open(device.ordinal());
      try {
        cuda.enter();
        TensorRtEngine engine = engine(config, folder, device, libraries, key);
        InputLayout layout =
            new InputLayout(engine.inputs(), settings.pooling(), settings.dimension());
        Lanes lanes = new Lanes(cuda, engine::network, layout, buckets);
        return new TensorRtEncoder(
            description, config.batchTokens(), tokenizer, cuda, lanes, DeviceLoss.END);
      } catch (EncoderException | IOException | DeviceException | RuntimeException e) {
        cuda.close();
        throw e;
      }
    } catch (EncoderException | IOException | DeviceException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private static TensorRtEngine engine(
      EncoderConfig.TensorRt config,
      EncoderFolder folder,
      DeviceChoice device,
      Path libraries,
      EngineKey key)
      throws EncoderException, IOException, DeviceException, InterruptedException {
    PlanStore store = PlanStore.ofUser(folder.settings().name());
    PlanStore.Maker maker =
        file ->
            PlanProcess.build(
                new PlanRequest(
                    folder.path().toAbsolutePath(),
                    libraries.toAbsolutePath(),
                    file.toAbsolutePath(),
                    store.timings(device.device().capability()).toAbsolutePath(),
                    device.ordinal(),
                    config.precision(),
                    key.buckets(),
                    Math.min(WORKSPACE_BYTES_MAX, device.device().memoryBytes() / 2)));
    Path plan = store.plan(key, maker);
    try {
      return TensorRtEngine.load(plan);
    } catch (DeviceException e) {
      LOG.warn("TensorRT does not take {} ({}); it is built again", plan, e.getMessage());
      store.discard(plan);
      return TensorRtEngine.load(store.plan(key, maker));
    }
  }

  private void requireAgreement(EncoderFolder folder, EncoderConfig.TensorRt.Precision precision)
      throws EncoderException {
    List<TokenSequence> rows = Agreement.samples().stream().map(this::tokenize).toList();
    TokenBatch batch = new TokenBatch(rows, IntStream.range(0, rows.size()).boxed().toList());
    Agreement agreement;
    try (OnnxEncoder reference = OnnxEncoder.open(folder)) {
      agreement = Agreement.of(encode(batch), reference.encode(batch));
    }
    Optional<String> complaint = agreement.complaint(precision);
    if (complaint.isPresent()) {
      throw new EncoderException(
          "encoder %s: %s; try precision = fp32".formatted(folder.path(), complaint.get()));
    }
    LOG.info(
        "encoder {} on the device agrees with ONNX Runtime: smallest cosine {} over {} texts",
        description.name(),
        agreement.cosineMin(),
        agreement.texts());
  }
}
