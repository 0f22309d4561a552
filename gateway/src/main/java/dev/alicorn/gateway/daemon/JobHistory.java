package dev.alicorn.gateway.daemon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.engine.ledger.Statement;
import dev.alicorn.engine.state.JobProgress;
import dev.alicorn.protocol.InstructTask;
import dev.alicorn.protocol.JobSpec;
import dev.alicorn.protocol.TaskName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How far a job was, and what it had cost, at moments since the daemon started: 720 at most,
/// spread evenly over all of that time, and the newest. Thread-safe.
public final class JobHistory {
  static final int POINTS_MAX = 720;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<TaskName> tasks;
  private final List<Point> kept = new ArrayList<>();
  private Point newest = new Point(0, List.of(), 0);
  private long stride = 1;
  private long seen;

  /// @param counts one a series, in their order
  /// @param price of all currencies together
  private record Point(long millis, List<Long> counts, double price) {}

  /// The history of a job that begins.
  JobHistory(JobSpec spec) {
    tasks = spec.instruct().tasks().stream().map(InstructTask::name).toList();
  }

  /// Takes a moment in; one that seems to be before the newest is taken for the same time.
  synchronized void add(Instant at, JobProgress progress, Statement bill) {
    newest =
        new Point(
            Math.max(at.toEpochMilli(), newest.millis()),
            counts(progress, bill),
            bill.price().total().doubleValue());
    if (seen % stride == 0) {
      kept.add(newest);
    }
    seen++;
    if (kept.size() == POINTS_MAX) {
      for (int i = POINTS_MAX - 1; i > 0; i -= 2) {
        kept.remove(i);
      }
      stride *= 2;
    }
  }

  private List<Long> counts(JobProgress progress, Statement bill) {
    List<Long> counts = new ArrayList<>();
    counts.add(progress.captionsSettled());
    counts.add(progress.embedded() + progress.embeddingsLost());
    tasks.forEach(task -> counts.add(progress.samplesAccepted().getOrDefault(task, 0L)));
    counts.add(progress.captionsLost() + progress.embeddingsLost() + progress.samplesLost());
    counts.add(bill.calls());
    counts.add(bill.usage().inputTokens());
    counts.add(bill.usage().outputTokens());
    return counts;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(List.of("captions", "embeddings"));
    tasks.forEach(task -> names.add("instruct_" + task.key()));
    names.addAll(List.of("lost", "calls", "input_tokens", "output_tokens"));
    return names;
  }

  /// The moments as JSON: their times, and what each series was then.
  public synchronized String json() {
    List<Point> points = new ArrayList<>(kept);
    if (!points.isEmpty() && !points.getLast().equals(newest)) {
      points.add(newest);
    }
    ObjectNode root = JSON.createObjectNode();
    ArrayNode times = root.putArray("at_millis");
    points.forEach(point -> times.add(point.millis()));
    ObjectNode series = root.putObject("series");
    List<String> names = names();
    for (int i = 0; i < names.size(); i++) {
      ArrayNode values = series.putArray(names.get(i));
      for (Point point : points) {
        values.add(point.counts().get(i));
      }
    }
    ArrayNode prices = series.putArray("price");
    points.forEach(point -> prices.add(point.price()));
    return root.toString();
  }
}
