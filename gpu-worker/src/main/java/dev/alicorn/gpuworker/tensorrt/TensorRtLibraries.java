package dev.alicorn.gpuworker.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.getInferLibVersion;

import dev.alicorn.gpuworker.EncoderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The loading of TensorRT into this process, for its whole life.
///
/// The bindings' own loader wants every library of CUDA; TensorRT needs none but the driver. So
/// each library is loaded by its path, those that others need first, and the bindings find them
/// there.
final class TensorRtLibraries {
  /// The version that the bindings were made for, in TensorRT's notation: 11.2.
  private static final int VERSION_MIN = 110_200;

  private static final int VERSION_END = 110_300;

  private static final String JAVACPP = "org/bytedeco/javacpp/linux-x86_64/libjnijavacpp.so";
  private static final String INFER = "org/bytedeco/tensorrt/linux-x86_64/libjninvinfer.so";
  private static final String PARSER = "org/bytedeco/tensorrt/linux-x86_64/libjninvonnxparser.so";

  private static final Set<String> LOADED = new HashSet<>();

  private TensorRtLibraries() {}

  /// Loads what runs an engine. There must be a device: without one TensorRT gives objects that
  /// crash.
  ///
  /// @return TensorRT's version, such as 110201
  /// @throws EncoderException where a library does not load, or is of another version
  static synchronized int load(TensorRtFiles files) throws EncoderException {
    try {
      loadBinding(JAVACPP);
      loadOnce(files.infer());
      loadBinding(INFER);
      int version = getInferLibVersion();
      requireVersion(version, files.infer());
      return version;
    } catch (IOException | LinkageError e) {
      throw new EncoderException(
          "TensorRT: %s does not load (%s); it needs 64-bit Linux on x86, and libraries of TensorRT 11.2 as docs/gpu.md says"
              .formatted(files.infer(), e.getMessage()),
          e);
    }
  }

  /// Loads what builds an engine, too.
  ///
  /// @throws EncoderException where a library does not load, or is of another version
  static synchronized int loadForBuilding(TensorRtFiles files) throws EncoderException {
    int version = load(files);
    try {
      for (Path resource : files.builder()) {
        loadOnce(resource);
      }
      loadOnce(files.parser());
      loadBinding(PARSER);
      return version;
    } catch (IOException | LinkageError e) {
      throw new EncoderException(
          "TensorRT: what builds an engine does not load from %s (%s); take all libraries of one TensorRT 11.2"
              .formatted(files.parser().getParent(), e.getMessage()),
          e);
    }
  }

  /// @throws EncoderException where the bindings were not made for that version
  static void requireVersion(int version, Path library) throws EncoderException {
    if (version < VERSION_MIN || version >= VERSION_END) {
      throw new EncoderException(
          "TensorRT: %s is version %d.%d.%d and 11.2 is needed; name the folder of that version's libraries"
              .formatted(library, version / 10_000, version / 100 % 100, version % 100));
    }
  }

  @SuppressWarnings("restricted")
  private static void loadOnce(Path library) {
    if (LOADED.add(library.toString())) {
      System.load(library.toString());
    }
  }

  /// Loads a binding's own library, which lies in its jar.
  @SuppressWarnings("restricted")
  private static void loadBinding(String resource) throws IOException {
    if (!LOADED.add(resource)) {
      return;
    }
    Path folder = Files.createTempDirectory("alicorn-tensorrt");
    Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    try (InputStream in = TensorRtLibraries.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is not on the class path");
      }
      Files.copy(in, file);
      System.load(file.toString());
    } finally {
      // Linux keeps what is loaded.
      for (Path left : List.of(file, folder)) {
        Files.deleteIfExists(left);
      }
    }
  }
}
