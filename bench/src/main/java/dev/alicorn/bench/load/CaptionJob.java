package dev.alicorn.bench.load;

import dev.alicorn.engine.job.JobEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/// A job of captions alone, a call a seed.
final class CaptionJob {
  private static final String JOB =
      """
      seeds = [ { file = seeds.txt } ]
      caption { endpoint = big }
      instruct { tasks {} }
      embed { encoder = none }
      dataset { formats = [parquet] }
      """;

  private CaptionJob() {}

  /// An engine for such jobs at an endpoint.
  ///
  /// @param folder takes seeds, journals and datasets
  /// @param inFlight calls at a time
  static LoadedEngine engine(Path folder, EndpointProcess endpoint, int calls, int inFlight)
      throws Exception {
    writeSeeds(folder, calls);
    return LoadedEngine.open(
        folder, JOB, "url = \"%s\", max_in_flight = %d".formatted(endpoint.url(), inFlight));
  }

  private static void writeSeeds(Path folder, int calls) throws IOException {
    Files.write(
        folder.resolve("seeds.txt"), IntStream.range(0, calls).mapToObj(CaptionJob::seed).toList());
  }

  static String seed(int number) {
    return "a wooden rowing boat, number " + number + ", tied to a jetty on a calm lake at dawn";
  }

  static void requireAll(JobEnd.Completed job, int calls) {
    if (job.progress().captionsAccepted() != calls) {
      throw new IllegalStateException(
          job.progress().captionsAccepted() + " captions of " + calls + ": " + job.progress());
    }
  }
}
