package dev.alicorn.protocol;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// How a dataset is made from a journal's facts: everything that may differ between two replays of
/// one journal.
///
/// @param tasks how many samples of each task are wanted
/// @param repair what becomes of an instruct reply that is not just as asked
/// @param randomSeed from which the draw follows
public record Recipe(
    Map<TaskName, Long> tasks,
    JobSpec.Repair repair,
    Filters filters,
    JobSpec.Transfer transfer,
    JobSpec.Dataset dataset,
    long randomSeed) {
  public Recipe {
    tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
  }

  /// The recipe with another transfer.
  public Recipe with(JobSpec.Transfer other) {
    return new Recipe(tasks, repair, filters, other, dataset, randomSeed);
  }

  /// The recipe with other filters.
  public Recipe with(Filters other) {
    return new Recipe(tasks, repair, other, transfer, dataset, randomSeed);
  }

  /// The recipe with other files.
  public Recipe with(JobSpec.Dataset other) {
    return new Recipe(tasks, repair, filters, transfer, other, randomSeed);
  }
}
