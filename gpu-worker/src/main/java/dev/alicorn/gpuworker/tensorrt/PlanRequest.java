package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What the builder's process is told.
///
/// @param encoder the encoder's folder
/// @param libraries the folder of TensorRT's libraries
/// @param plan the file to write
/// @param timings the file that holds how long kernels took, written again; it may be missing
/// @param workspaceBytes device memory that a kernel may use besides its tensors
record PlanRequest(
    Path encoder,
    Path libraries,
    Path plan,
    Path timings,
    int device,
    Precision precision,
    Buckets buckets,
    long workspaceBytes) {
  /// TensorRT's default of 0 to 5.
  static final int OPTIMISATION_LEVEL = 3;

  /// As arguments of a command.
  List<String> toArguments() {
    return List.of(
        encoder.toString(),
        libraries.toString(),
        plan.toString(),
        timings.toString(),
        Integer.toString(device),
        precision.name(),
        buckets.toString(),
        Long.toString(workspaceBytes));
  }

  static PlanRequest ofArguments(List<String> arguments) {
    return new PlanRequest(
        Path.of(arguments.get(0)),
        Path.of(arguments.get(1)),
        Path.of(arguments.get(2)),
        Path.of(arguments.get(3)),
        Integer.parseInt(arguments.get(4)),
        Precision.valueOf(arguments.get(5)),
        new Buckets(
            Arrays.stream(arguments.get(6).split(" ", -1)).map(PlanRequest::bucket).toList()),
        Long.parseLong(arguments.get(7)));
  }

  private static Bucket bucket(String text) {
    int times = text.indexOf('x');
    return new Bucket(
        Integer.parseInt(text.substring(times + 1)), Integer.parseInt(text.substring(0, times)));
  }
}
