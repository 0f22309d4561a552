package dev.alicorn.gpuworker.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.createInferBuilder;
import static org.bytedeco.tensorrt.global.nvonnxparser.createParser;

import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.device.DeviceProbe;
import dev.alicorn.gpuworker.folder.EncoderFolder;
import dev.alicorn.gpuworker.folder.UnfitGraphException;
import dev.alicorn.gpuworker.process.StdinWatch;
import dev.alicorn.gpuworker.tensorrt.cuda.CudaContext;
import dev.alicorn.gpuworker.tensorrt.cuda.DeviceException;
import dev.alicorn.gpuworker.tensorrt.graph.EncoderGraph;
import dev.alicorn.gpuworker.tensorrt.graph.HostInput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.global.nvinfer.MemoryPoolType;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ILogger.Severity;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.bytedeco.tensorrt.nvonnxparser.IParser;

/// The builder's process: from an encoder's folder to a plan.
///
/// The bindings cannot free what TensorRT makes, which the end of the process does.
final class PlanBuilder {
  private static final int FAILED = 1;
  private static final int WRITE_BYTES_MAX = 1 << 30;

  private final PlanRequest request;
  private final TensorRtCalls calls = new TensorRtCalls(new TensorRtLog(PlanBuilder::tell));

  private PlanBuilder(PlanRequest request) {
    this.request = request;
  }

  /// Builds a plan; the exit status is 0 where it is written.
  ///
  /// @param arguments as [PlanRequest#toArguments()] gives them
  public static void main(String[] arguments) {
    StdinWatch.start();
    int status = FAILED;
    try {
      PlanRequest request = PlanRequest.ofArguments(List.of(arguments));
      DeviceChoice.of(DeviceProbe.ask());
      TensorRtLibraries.loadForBuilding(TensorRtFiles.in(request.libraries()));
      // TensorRT works on the device whose context the thread is in.
      CudaContext.open(request.device()).enter();
      new PlanBuilder(request).build();
      status = 0;
    } catch (EncoderException e) {
      System.out.println(PlanProcess.COMPLAINT + e.getMessage());
    } catch (UnfitGraphException | DeviceException | IOException | LinkageError e) {
      System.out.println(
          PlanProcess.COMPLAINT
              + "TensorRT: no engine can be built of %s: %s"
                  .formatted(arguments[0], e.getMessage()));
    } catch (OutOfMemoryError e) {
      System.out.println(
          PlanProcess.COMPLAINT
              + "TensorRT: the memory of this machine is too small to build an engine of %s (%s)"
                  .formatted(arguments[0], e.getMessage()));
    }
    System.out.flush();
    // TensorRT's own exit handlers have nothing left to do.
    Runtime.getRuntime().halt(status);
  }

  private void build() throws EncoderException, UnfitGraphException, DeviceException, IOException {
    EncoderFolder folder = EncoderFolder.read(request.encoder());
    EncoderGraph graph =
        EncoderGraph.of(Files.readAllBytes(folder.model()), folder.settings(), request.precision());
    IBuilder builder = calls.made(createInferBuilder(calls.log()), "createInferBuilder");
    INetworkDefinition network =
        calls.made(builder.createNetworkV2(0), "IBuilder::createNetworkV2");
    parse(network, graph.onnx(), folder.model());
    IBuilderConfig config =
        calls.made(builder.createBuilderConfig(), "IBuilder::createBuilderConfig");
    config.setMemoryPoolLimit(MemoryPoolType.kWORKSPACE, request.workspaceBytes());
    config.setBuilderOptimizationLevel(PlanRequest.OPTIMISATION_LEVEL);
    config.clearFlag(BuilderFlag.kTF32);
    config.setFlag(BuilderFlag.kDISTRIBUTIVE_INDEPENDENCE);
    for (Bucket bucket : request.buckets().buckets()) {
      addProfile(builder, config, graph.inputs(), bucket);
    }
    ITimingCache timings = timings(config);
    progress("building an engine for %s, which takes minutes".formatted(request.buckets()));
    IHostMemory plan =
        calls.made(
            builder.buildSerializedNetwork(network, config), "IBuilder::buildSerializedNetwork");
    write(plan, request.plan());
    Path part = request.timings().resolveSibling(request.timings().getFileName() + ".part");
    write(calls.made(timings.serialize(), "ITimingCache::serialize"), part);
    Files.move(part, request.timings(), StandardCopyOption.ATOMIC_MOVE);
    progress("the engine is built, %d MB".formatted(plan.size() / 1_000_000));
  }

  private void parse(INetworkDefinition network, byte[] onnx, Path model) throws DeviceException {
    IParser parser = calls.made(createParser(network, calls.log()), "createParser");
    try (BytePointer bytes = new BytePointer(onnx)) {
      if (!parser.parse(bytes, onnx.length, model.toAbsolutePath().toString())) {
        StringBuilder errors = new StringBuilder();
        for (int i = 0; i < parser.getNbErrors(); i++) {
          errors.append(i == 0 ? "" : "; ").append(parser.getError(i).desc());
        }
        throw DeviceException.ofRefusal("IParser::parse", errors.toString());
      }
    }
  }

  private void addProfile(
      IBuilder builder, IBuilderConfig config, List<HostInput> inputs, Bucket bucket)
      throws DeviceException {
    IOptimizationProfile profile =
        calls.made(builder.createOptimizationProfile(), "IBuilder::createOptimizationProfile");
    for (HostInput input : inputs) {
      // Fewer rows than it is made for are run only where memory is short.
      setShape(profile, input, OptProfileSelector.kMIN, 1, bucket.tokens());
      setShape(profile, input, OptProfileSelector.kOPT, bucket.rows(), bucket.tokens());
      setShape(profile, input, OptProfileSelector.kMAX, bucket.rows(), bucket.tokens());
    }
    calls.done(
        config.addOptimizationProfile(profile) >= 0, "IBuilderConfig::addOptimizationProfile");
  }

  private void setShape(
      IOptimizationProfile profile, HostInput input, OptProfileSelector which, int rows, int tokens)
      throws DeviceException {
    calls.done(
        profile.setDimensions(
            input.tensor(), which, TensorRtCalls.dimensions(input.shape(rows, tokens))),
        "IOptimizationProfile::setDimensions of " + input.tensor());
  }

  private ITimingCache timings(IBuilderConfig config) throws DeviceException, IOException {
    byte[] known =
        Files.exists(request.timings()) ? Files.readAllBytes(request.timings()) : new byte[0];
    // Never freed: the builder reads it as long as it works.
    ITimingCache timings =
        calls.made(
            config.createTimingCache(new BytePointer(known), known.length),
            "IBuilderConfig::createTimingCache");
    calls.done(config.setTimingCache(timings, false), "IBuilderConfig::setTimingCache");
    return timings;
  }

  @SuppressWarnings("restricted")
  private static void write(IHostMemory memory, Path file) throws IOException {
    MemorySegment bytes =
        MemorySegment.ofAddress(memory.data().address()).reinterpret(memory.size());
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      long written = 0;
      while (written < bytes.byteSize()) {
        long some = Math.min(WRITE_BYTES_MAX, bytes.byteSize() - written);
        written += out.write(bytes.asSlice(written, some).asByteBuffer());
      }
    }
  }

  private static void progress(String line) {
    System.out.println(PlanProcess.PROGRESS + line);
  }

  private static void tell(Severity severity, String message) {
    switch (severity) {
      case kINTERNAL_ERROR, kERROR, kWARNING, kINFO -> System.out.println(message);
      case kVERBOSE -> {
        // Some ten thousand lines.
      }
    }
  }
}
