package dev.alicorn.config;

import dev.alicorn.protocol.JobSpec.Transfer;
import dev.alicorn.protocol.JobSpec.Transfer.Method;
import java.util.List;

/// The reader of `transfer`: each method has keys of its own, and what a job says for one is
/// nothing to another that a replay chooses.
final class TransferReader {
  static final List<String> KEYS =
      List.of("method", "normalise", "anchor", "centroid_iterations", "noise_ratio");

  private static final int CENTROID_ITERATIONS_MAX = 16;
  private static final double NOISE_RATIO_MAX = 100;

  private TransferReader() {}

  /// @param transfer its anchor, if any, with the statistics in it
  static Transfer read(ConfReader transfer) throws ConfigException {
    Method method = transfer.choice("method", Method.values(), Method::key);
    for (String key : KEYS) {
      if (transfer.gives(key) && !isOf(method, key)) {
        throw transfer.error(key, method.key() + " has no use for it; leave it out");
      }
    }
    return switch (method) {
      case MEAN_SHIFT, NONE -> new Transfer(method, transfer.flag("normalise"));
      case RE_ALIGN -> {
        requireLength(transfer, method);
        if (!transfer.has("anchor")) {
          throw transfer.error(
              "anchor",
              "re-align needs the statistics of image embeddings; make them with ./alicorn anchor FILE and name what it wrote");
        }
        yield Transfer.reAlign(
            AnchorJson.read(transfer.replacedObject("anchor", AnchorJson.KEYS)),
            transfer.count("centroid_iterations", 1, CENTROID_ITERATIONS_MAX));
      }
      case C3 -> {
        requireLength(transfer, method);
        double ratio = transfer.number("noise_ratio");
        if (ratio > NOISE_RATIO_MAX) {
          throw transfer.error("noise_ratio", "from 0 to 100, not " + ratio);
        }
        yield Transfer.c3(ratio);
      }
    };
  }

  private static boolean isOf(Method method, String key) {
    return switch (key) {
      case "anchor", "centroid_iterations" -> method == Method.RE_ALIGN;
      case "noise_ratio" -> method == Method.C3;
      default -> true;
    };
  }

  private static void requireLength(ConfReader transfer, Method method) throws ConfigException {
    if (transfer.gives("normalise") && !transfer.flag("normalise")) {
      throw transfer.error(
          "normalise", method.key() + " always gives vectors of length 1; leave it out");
    }
  }
}
