package dev.alicorn.engine.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/// What a job that is to be killed works on.
///
/// @param samples of each of three tasks; with `repeat = never` none, since the draw of captions
///   for them would follow from which captions were parked
/// @param never whether the job is one of `repeat = never`
/// @param inFlightMax calls at a time
public record JobShape(int seeds, int samples, boolean never, int inFlightMax) {
  public JobShape {
    if (never && samples > 0) {
      throw new IllegalArgumentException("no samples with repeat = never");
    }
  }

  /// Writes the job's file and its seeds.
  void write(Path folder) throws IOException {
    Files.write(
        folder.resolve("seeds.txt"),
        IntStream.rangeClosed(1, seeds)
            .mapToObj(number -> "a red bicycle number " + number + " leaning on a wall")
            .toList());
    String tasks =
        samples == 0
            ? ""
            : "multiple_choice = %1$d, question_answering = %1$d, complex_reasoning = %1$d"
                .formatted(samples);
    Files.writeString(
        folder.resolve("job.conf"),
        """
        name = killed
        seeds = [ { file = seeds.txt } ]
        caption { endpoint = scripted }
        instruct { endpoint = scripted, tasks { %s } }
        embed { encoder = hashing }
        repeat = %s
        """
            .formatted(tasks, never ? "never" : "on-unknown"));
  }
}
