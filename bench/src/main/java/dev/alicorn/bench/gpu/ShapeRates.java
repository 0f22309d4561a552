package dev.alicorn.bench.gpu;

import dev.alicorn.bench.measure.Row;
import dev.alicorn.gpuworker.EncoderException;
import dev.alicorn.gpuworker.batch.TokenBatch;
import dev.alicorn.gpuworker.tensorrt.Bucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How fast captions of each shape's longest length go through an encoder, beside a loop that runs
/// the same shape and does nothing else.
///
/// @param peakFlops what the device's matrix units can do at most, floating-point operations a
///   second; empty where it is not known
record ShapeRates(
    CheckedEncoder checked, GpuModel model, String name, int seconds, OptionalDouble peakFlops) {
  private static final int ROUNDS = 3;
  private static final int THREADS = 4;
  private static final int BATCHES = 4;

  List<Row> rows() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int shape = 0; shape < checked.shapes().size(); shape++) {
      rows.add(row(shape));
    }
    return rows;
  }

  private Row row(int shape) throws Exception {
    Bucket bucket = checked.shapes().get(shape);
    TokenBatch batch =
        Captions.batch(
            Captions.ofLength(checked.encoder(), bucket.tokens(), BATCHES * bucket.rows()));
    double[] ours = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    long nanos = seconds * 1_000_000_000L / (2 * ROUNDS);
    OptionalDouble watts = OptionalDouble.empty();
    for (int round = 0; round < ROUNDS; round++) {
      bare[round] = bare(shape, nanos);
      try (PowerMeter meter = new PowerMeter()) {
        ours[round] = ours(batch, nanos);
        watts = meter.watts();
      }
    }
    double rate = median(ours);
    double flops = rate * model.operations(bucket.tokens());
    Row row =
        Row.of(name + "_tokens_" + bucket.tokens(), "rows", bucket.rows())
            .and("captions_per_s", rate)
            .and("bare_captions_per_s", median(bare))
            .and("ours_to_bare_ratio", rate / median(bare))
            .and("tflops", flops / 1e12);
    if (peakFlops.isPresent()) {
      row = row.and("of_peak_ratio", flops / peakFlops.getAsDouble());
    }
    if (watts.isPresent()) {
      row =
          row.and("watts", watts.getAsDouble())
              .and("captions_per_joule", rate / watts.getAsDouble());
    }
    return row;
  }

  private double bare(int shape, long nanos) throws EncoderException {
    checked.launch(shape, 1);
    long start = System.nanoTime();
    long rows = 0;
    int times = 1;
    while (System.nanoTime() - start < nanos) {
      rows += checked.launch(shape, times);
      times = Math.min(2 * times, 256);
    }
    return rows / seconds(start);
  }

  private double ours(TokenBatch batch, long nanos) throws Exception {
    long start = System.nanoTime();
    long captions = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        counts.add(
            threads.submit(() -> {
              long count = 0;
              while (System.nanoTime() - start < nanos) {
                count += checked.encoder().encode(batch).size();
              }
              return count;
            }));
      }
      for (Future<Long> count : counts) {
        captions += count.get();
      }
    }
    return captions / seconds(start);
  }

  private static double median(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
