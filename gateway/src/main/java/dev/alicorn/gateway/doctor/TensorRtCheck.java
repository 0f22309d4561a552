package dev.alicorn.gateway.doctor;

import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.tensorrt.TensorRtInstallation;
import java.nio.file.Path;
import java.util.Optional;

/// Whether NVIDIA's TensorRT can be loaded.
///
/// @param libraries the folder that an encoder of the deployment names
/// @param home the folder that `TENSORRT_HOME` names
/// @param needed whether an encoder of the deployment runs in it
record TensorRtCheck(Optional<Path> libraries, Optional<String> home, boolean needed)
    implements Check {
  @Override
  public String subject() {
    return "tensorrt";
  }

  @Override
  public Diagnosis look() {
    if (!needed && home.isEmpty()) {
      return Diagnosis.none(
          "not looked for, since no encoder is of kind tensorrt and TENSORRT_HOME names no folder");
    }
    try {
      TensorRtInstallation found = TensorRtInstallation.find(libraries, home);
      return Diagnosis.ok(found.version() + ", " + found.library());
    } catch (EncoderException e) {
      String reason = String.valueOf(e.getMessage());
      return needed ? Diagnosis.fail(reason) : Diagnosis.warn(reason);
    }
  }
}
