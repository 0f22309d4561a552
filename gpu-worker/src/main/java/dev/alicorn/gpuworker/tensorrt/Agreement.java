package dev.alicorn.gpuworker.tensorrt;

import dev.alicorn.config.EncoderConfig.TensorRt.Precision;
import dev.alicorn.protocol.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How well vectors of the device agree with those of ONNX Runtime on the CPU, for the same texts.
///
/// @param cosineMin the smallest cosine between two vectors of a text; NaN counts as -1
/// @param notFinite vectors of the device that hold NaN or infinity
public record Agreement(int texts, double cosineMin, double cosineMean, int notFinite) {
  private static final int REPEATS_MAX = 8;
  private static final String SENTENCES =
      """
      A red kayak is pulled up on grey pebbles beside a still lake. \
      Two children in yellow coats count boats on the far shore. \
      The baker's window shows nine loaves, a blue jug and a sleeping cat. \
      Steam rises from a tram that stops under old plane trees at dusk. \
      """;

  /// A sentence, and texts whose lengths double, so that several buckets have one.
  static List<String> samples() {
    List<String> texts = new ArrayList<>();
    texts.add(SENTENCES.substring(0, SENTENCES.indexOf('.') + 1));
    for (int times = 1; times <= REPEATS_MAX; times *= 2) {
      texts.add(SENTENCES.repeat(times).strip());
    }
    return texts;
  }

  /// Compares vectors of the same texts in the same order.
  public static Agreement of(List<Embedding> device, List<Embedding> reference) {
    double min = 1;
    double sum = 0;
    int notFinite = 0;
    for (int i = 0; i < device.size(); i++) {
      double cosine = cosine(device.get(i), reference.get(i));
      if (Double.isNaN(cosine)) {
        notFinite++;
        cosine = -1;
      }
      min = Math.min(min, cosine);
      sum += cosine;
    }
    return new Agreement(device.size(), min, sum / device.size(), notFinite);
  }

  /// Why the vectors cannot be used; empty where they can.
  Optional<String> complaint(Precision precision) {
    double bound =
        switch (precision) {
          case FP16 -> 0.999;
          case FP32 -> 0.9999;
        };
    if (notFinite == 0 && cosineMin >= bound) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "its vectors do not agree with ONNX Runtime's: over %d texts the smallest cosine is %.6f, the mean %.6f and %d are not finite, where at least %s is wanted",
            texts,
            cosineMin,
            cosineMean,
            notFinite,
            bound));
  }

  private static double cosine(Embedding a, Embedding b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.dimension(); i++) {
      product += (double) a.get(i) * b.get(i);
      squaresA += (double) a.get(i) * a.get(i);
      squaresB += (double) b.get(i) * b.get(i);
    }
    return product / Math.sqrt(squaresA * squaresB);
  }
}
