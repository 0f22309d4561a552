package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.gpuworker.EncoderException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/// TensorRT as it is installed here, whether there is a device for it or not.
///
/// @param library its file
/// @param version as people write it, such as `11.2.1`
public record TensorRtInstallation(Path library, String version) {

  /// Looks for the libraries, loads the first of them and asks it for its version.
  ///
  /// @param libraries the folder that a deployment names
  /// @param home the folder that `TENSORRT_HOME` names
  /// @throws EncoderException where one is missing, does not load or is of another version
  public static TensorRtInstallation find(Optional<Path> libraries, Optional<String> home)
      throws EncoderException {
    Path library = TensorRtFiles.in(TensorRtFiles.folder(libraries, home)).infer();
    int version = version(library);
    TensorRtLibraries.requireVersion(version, library);
    return new TensorRtInstallation(
        library, "%d.%d.%d".formatted(version / 10_000, version / 100 % 100, version % 100));
  }

  @SuppressWarnings("restricted")
  private static int version(Path library) throws EncoderException {
    try {
      SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
      MethodHandle version =
          Linker.nativeLinker()
              .downcallHandle(
                  symbols.find("getInferLibVersion").orElseThrow(),
                  FunctionDescriptor.of(ValueLayout.JAVA_INT));
      return (int) version.invokeExact();
    } catch (Throwable e) {
      throw new EncoderException(
          "TensorRT: %s does not load (%s); take the libraries of TensorRT 11.2 for 64-bit Linux on x86, as docs/gpu.md says"
              .formatted(library, e.getMessage()),
          e);
    }
  }
}
