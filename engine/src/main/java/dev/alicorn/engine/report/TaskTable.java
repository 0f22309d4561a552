package dev.alicorn.engine.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The instruct tasks, each with what is found in its samples.
final class TaskTable {
  private static final int TASKS_MAX = 100;
  private static final String OTHERS = "others";

  private final Map<String, Task> tasks = new TreeMap<>();

  private static final class Task {
    private long samples;
    private long pairs;
    private long leaks;
    private long copies;
  }

  void add(SampleLook sample, long leaks, long copies) {
    if (sample.task().isEmpty()) {
      return;
    }
    String name =
        tasks.size() < TASKS_MAX || tasks.containsKey(sample.task()) ? sample.task() : OTHERS;
    Task task = tasks.computeIfAbsent(name, _ -> new Task());
    task.samples++;
    task.pairs += sample.pairs().size();
    task.leaks += leaks;
    task.copies += copies;
  }

  void into(Figures figures) {
    if (tasks.isEmpty()) {
      figures.absent(
          CompositionMeasure.TASKS,
          "only the Parquet files name the tasks; replay with --formats parquet");
      return;
    }
    figures.put(CompositionMeasure.TASKS, tasks.size());
    List<Chart.Line> lines = new ArrayList<>();
    tasks.forEach((name, task) ->
        lines.add(
            new Chart.Line(
                name,
                List.of(
                    Format.COUNT.of((double) task.samples),
                    Format.ONE_DECIMAL.of((double) task.pairs / Math.max(1, task.samples)),
                    Format.SHARE.of((double) task.leaks / Math.max(1, task.pairs)),
                    Format.SHARE.of((double) task.copies / Math.max(1, task.pairs))))));
    figures.add(
        new Chart.Table(
            Group.INSTRUCTIONS,
            "tasks",
            "By task",
            List.of("task", "samples", "pairs a sample", "leakage", "verbatim copies"),
            lines));
  }
}
