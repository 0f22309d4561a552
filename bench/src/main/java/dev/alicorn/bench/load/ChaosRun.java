package dev.alicorn.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alicorn.engine.job.JobEnd;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/// A job against an endpoint that fails three requests of ten, and what the two ledgers say of it.
///
/// Rate limits come in storms, as they do where a window is used up; all else comes request by
/// request. Less than a tenth of the requests get an error of the server, since only so many
/// retries go: the rows beyond would wait, and in the end all of them.
final class ChaosRun {
  static final String STORMS = "rate=0.03,429=0.02";
  static final int STORM_REQUESTS = 256;
  static final String FAULTS =
      "500=0.03,503=0.03,529=0.02,drop=0.04,cut=0.03,chunks=0.03,malformed=0.04,empty=0.02,"
          + "null=0.01,abort=0.01,hang=0.003,stall=0.003";

  /// One caption in four gets a task, so that a fifth of the calls are for samples.
  private static final int CALLS_PER_SAMPLE = 5;

  private static final int TASKS = 3;
  private static final JsonMapper JSON = new JsonMapper();

  private ChaosRun() {}

  /// Runs a job that needs so many completions, rounded to its tasks.
  ///
  /// @param url of a scripted endpoint with these faults that nobody has called yet
  /// @param folder takes the journal and the dataset
  static ChaosFigures of(URI url, int calls, Path folder) throws Exception {
    int samplesOfATask = calls / CALLS_PER_SAMPLE / TASKS;
    int seeds = calls - TASKS * samplesOfATask;
    Files.write(
        folder.resolve("seeds.txt"),
        IntStream.range(0, seeds).mapToObj(number -> "a blue boat, number " + number).toList());
    try (LoadedEngine engine = LoadedEngine.open(folder, job(samplesOfATask), endpoint(url))) {
      long start = System.nanoTime();
      JobEnd.Completed end = engine.run("chaos");
      double wallSeconds = (System.nanoTime() - start) / 1e9;
      return figures(
          seeds, end, JournalLedger.of(engine.journal("chaos")), totals(url), wallSeconds);
    }
  }

  private static String job(int samplesOfATask) {
    return """
    name = chaos
    seeds = [ { file = seeds.txt } ]
    caption { endpoint = big }
    instruct {
      endpoint = big
      tasks { multiple_choice = %1$d, question_answering = %1$d, complex_reasoning = %1$d }
    }
    embed { encoder = none }
    dataset { formats = [parquet] }
    """
        .formatted(samplesOfATask);
  }

  private static String endpoint(URI url) {
    return "url = \"%s\", max_in_flight = 256, call_deadline = 10s, response_bytes_max = 64KiB"
        .formatted(url);
  }

  private static ChaosFigures figures(
      int seeds,
      JobEnd.Completed end,
      JournalLedger journal,
      JsonNode endpoint,
      double wallSeconds) {
    Map<String, Long> captions = end.dataset().captions();
    Map<String, Long> samples = end.dataset().samples();
    long unmade = end.shortfalls().values().stream().mapToLong(Long::longValue).sum();
    return new ChaosFigures(
        counted(captions, "exported") + counted(samples, "exported"),
        journal.attempts(),
        endpoint.path("completions").longValue(),
        journal.retries(),
        journal.faults(),
        off(journal.attempts(), endpoint, "requests"),
        off(journal.completions(), endpoint, "completions"),
        off(journal.usage().inputTokens(), endpoint, "prompt_tokens")
            + off(journal.usage().outputTokens(), endpoint, "completion_tokens"),
        counted(captions, "failed") + counted(samples, "failed"),
        seeds - counted(captions, "") + counted(captions, "owed") + unmade,
        journal.duplicates(),
        wallSeconds);
  }

  private static long off(long journal, JsonNode endpoint, String total) {
    return journal - endpoint.path(total).longValue();
  }

  private static long counted(Map<String, Long> outcomes, String outcome) {
    return outcomes.entrySet().stream()
        .filter(count -> count.getKey().startsWith(outcome))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static JsonNode totals(URI url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/ledger/totals")).build();
      return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }
}
