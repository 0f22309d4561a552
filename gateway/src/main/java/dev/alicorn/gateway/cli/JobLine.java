package dev.alicorn.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/// A job of the daemon in a line.
final class JobLine {
  private JobLine() {}

  static String of(JsonNode job) {
    String detail = job.path("detail").asText("");
    return "job "
        + job.path("id").asText()
        + " is "
        + job.path("state").asText()
        + (detail.isEmpty() ? "" : ": " + detail)
        + (job.has("progress") ? ", captions " + captions(job) + ", samples " + samples(job) : "");
  }

  /// How many captions are settled, of how many.
  static String captions(JsonNode job) {
    JsonNode progress = job.path("progress");
    return progress.isMissingNode()
        ? "-"
        : progress.path("captions_accepted").asLong()
            + progress.path("captions_lost").asLong()
            + "/"
            + progress.path("seeds").asLong()
            + (progress.path("sealed").asBoolean() ? "" : "+");
  }

  private static String samples(JsonNode job) {
    JsonNode progress = job.path("progress");
    return sum(progress.path("samples_accepted")) + "/" + sum(progress.path("samples_wanted"));
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.asLong();
    }
    return sum;
  }
}
