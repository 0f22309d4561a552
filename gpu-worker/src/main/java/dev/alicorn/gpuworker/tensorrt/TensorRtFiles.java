package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.EncoderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// NVIDIA's TensorRT libraries in a folder: as NVIDIA's archive, its Python wheel or the unpacked
/// jar of the bindings has them.
///
/// @param builder what `infer` opens by name while it builds an engine
record TensorRtFiles(Path infer, Path parser, List<Path> builder) {
  private static final String INFER = "libnvinfer.so.11";
  private static final String PARSER = "libnvonnxparser.so.11";
  private static final String BUILDER = "libnvinfer_builder_resource";
  private static final List<String> PLACES =
      List.of("", "lib", "org/bytedeco/tensorrt/linux-x86_64");

  /// The folder that they are in.
  ///
  /// @param libraries the one that a deployment names
  /// @param home the one that `TENSORRT_HOME` names
  /// @throws EncoderException where neither names one
  static Path folder(Optional<Path> libraries, Optional<String> home) throws EncoderException {
    return libraries
        .or(() -> home.filter(each -> !each.isBlank()).map(Path::of))
        .orElseThrow(() ->
            new EncoderException(
                "TensorRT: its libraries are not known; name their folder as libraries of the encoder or in TENSORRT_HOME, docs/gpu.md says where they come from"));
  }

  /// @throws EncoderException where one is missing
  static TensorRtFiles in(Path folder) throws EncoderException {
    for (String place : PLACES) {
      Path at = folder.resolve(place);
      if (Files.isReadable(at.resolve(INFER))) {
        return in(folder, at);
      }
    }
    throw missing(folder, INFER);
  }

  private static TensorRtFiles in(Path folder, Path at) throws EncoderException {
    if (!Files.isReadable(at.resolve(PARSER))) {
      throw missing(folder, PARSER);
    }
    try (Stream<Path> files = Files.list(at)) {
      return new TensorRtFiles(
          at.resolve(INFER).toAbsolutePath(),
          at.resolve(PARSER).toAbsolutePath(),
          files
              .filter(file -> file.getFileName().toString().startsWith(BUILDER))
              .map(Path::toAbsolutePath)
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new EncoderException(
          "TensorRT: the folder %s cannot be read (%s); check its rights"
              .formatted(at, e.getMessage()),
          e);
    }
  }

  private static EncoderException missing(Path folder, String file) {
    return new EncoderException(
        "TensorRT: there is no %s in %s; name the folder of TensorRT 11.2's libraries as libraries of the encoder or in TENSORRT_HOME, docs/gpu.md says where they come from"
            .formatted(file, folder));
  }
}
