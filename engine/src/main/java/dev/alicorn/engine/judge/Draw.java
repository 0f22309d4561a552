package dev.alicorn.engine.judge;

import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.SplitMix64;
import dev.alicorn.protocol.TaskName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// The fixed ranking of a job's records and the task that each is a candidate for.
///
/// A record's rank is by `key(id) = mix(mix(seed) + id * G)` in signed order: output number `id` of
/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014),
/// with G its golden gamma and mix its finaliser. All of it is a bijection for one seed, so that no
/// two records tie and the id is computed back from the key: the sorted keys are the ranking and
/// need no ids beside them.
///
/// Ranks are dealt to the tasks by smooth weighted round robin, the counts wanted being the
/// weights: at each rank every task gains its weight in credit, the richest one, among equals the
/// first by name, takes the record and pays the sum of all weights. Every prefix of the ranking is
/// thus shared in proportion, off by less than the number of tasks, and a task's candidates follow
/// from seed, number of records, names and counts alone: the order in which a job states its tasks
/// is of no account.
///
/// 13 bytes a record; shareable by threads.
public final class Draw {
  /// The longest array that every Java virtual machine gives.
  private static final long RECORDS_MAX = Integer.MAX_VALUE - 8;

  private static final long COUNT_MAX = 1L << 60;

  private static final long GOLDEN_GAMMA_INVERSE = inverse(SplitMix64.GOLDEN_GAMMA);
  private static final long FIRST_INVERSE = inverse(SplitMix64.FIRST_FACTOR);
  private static final long SECOND_INVERSE = inverse(SplitMix64.SECOND_FACTOR);

  private final long records;
  private final long start;
  private final SortedMap<TaskName, Long> counts = new TreeMap<>();

  /// Sorted; empty if no task is wanted.
  private final long[] keys;

  /// The tasks of which any sample is wanted, in the order of their names.
  private final List<TaskName> tasks;

  /// By rank, the index of the task.
  private final byte[] dealt;

  /// By task, the ranks of its candidates in rank order.
  private final Map<TaskName, int[]> ranks = new HashMap<>();

  private Draw(long records, long randomSeed, Map<TaskName, Long> wanted) {
    this.records = records;
    this.start = SplitMix64.mix(randomSeed);
    wanted.forEach((task, count) -> {
      if (count > 0) {
        counts.put(task, count);
      }
    });
    this.tasks = List.copyOf(counts.keySet());
    int size = counts.isEmpty() ? 0 : Math.toIntExact(records);
    this.keys = new long[size];
    this.dealt = new byte[size];
    for (int i = 0; i < size; i++) {
      keys[i] = key(i + 1L);
    }
    Arrays.sort(keys);
    deal();
  }

  /// The draw over the records 1 to `records`.
  ///
  /// @param tasks how many samples of each task are wanted
  public static Draw over(long records, long randomSeed, Map<TaskName, Long> tasks) {
    if (records < 0 || records > RECORDS_MAX) {
      throw new IllegalArgumentException(
          "a job draws from 0 to "
              + RECORDS_MAX
              + " records, not from "
              + records
              + "; split its seeds into several jobs");
    }
    tasks.forEach((task, count) -> {
      if (count < 0 || count > COUNT_MAX) {
        throw new IllegalArgumentException(
            "instruct.tasks." + task.key() + ": from 0 to " + COUNT_MAX + ", not " + count);
      }
    });
    return new Draw(records, randomSeed, tasks);
  }

  public long records() {
    return records;
  }

  /// The tasks of which any sample is wanted, in the order of their names.
  List<TaskName> tasks() {
    return tasks;
  }

  /// How many samples of a task are wanted.
  public long wanted(TaskName task) {
    return counts.getOrDefault(task, 0L);
  }

  /// The task that a record is a candidate for; empty if no task is wanted at all.
  public Optional<TaskName> taskOf(RecordId record) {
    return counts.isEmpty() ? Optional.empty() : Optional.of(tasks.get(dealt[rank(record)]));
  }

  /// How many records are candidates for a task.
  public int candidates(TaskName task) {
    int[] own = ranks.get(task);
    return own == null ? 0 : own.length;
  }

  /// A task's candidate by its place in rank order, from 0.
  public RecordId candidate(TaskName task, int place) {
    int[] own = ranks.get(task);
    if (own == null) {
      throw new IndexOutOfBoundsException(task.key() + " has no candidates");
    }
    return new RecordId(id(keys[own[place]]));
  }

  /// A record's place among the candidates of its own task, from 0; -1 if no task is wanted at all.
  public int placeOf(RecordId record) {
    int rank = rank(record);
    int[] own = ranks.get(tasks.get(dealt[rank]));
    return own == null ? -1 : Arrays.binarySearch(own, rank);
  }

  private int rank(RecordId record) {
    int rank = Arrays.binarySearch(keys, key(record.ordinal()));
    if (rank < 0) {
      throw new IllegalArgumentException(
          "record " + record + " is not among the " + keys.length + " that were drawn from");
    }
    return rank;
  }

  private void deal() {
    long[] weights = counts.values().stream().mapToLong(Long::longValue).toArray();
    long sum = LongStream.of(weights).sum();
    long[] credit = new long[weights.length];
    int[] shares = new int[weights.length];
    for (int rank = 0; rank < dealt.length; rank++) {
      int richest = 0;
      for (int task = 0; task < weights.length; task++) {
        credit[task] += weights[task];
        richest = credit[task] > credit[richest] ? task : richest;
      }
      credit[richest] -= sum;
      dealt[rank] = (byte) richest;
      shares[richest]++;
    }
    for (int task = 0; task < shares.length; task++) {
      int[] own = new int[shares[task]];
      int place = 0;
      for (int rank = 0; place < own.length; rank++) {
        if (dealt[rank] == task) {
          own[place++] = rank;
        }
      }
      ranks.put(tasks.get(task), own);
    }
  }

  long key(long id) {
    return SplitMix64.mix(start + id * SplitMix64.GOLDEN_GAMMA);
  }

  long id(long key) {
    return (unmix(key) - start) * GOLDEN_GAMMA_INVERSE;
  }

  private static long unmix(long bits) {
    long z = unshift(bits, 31) * SECOND_INVERSE;
    z = unshift(z, 27) * FIRST_INVERSE;
    return unshift(z, 30);
  }

  /// Undoes `x ^ (x >>> shift)`: each round makes `shift` more of the high bits right.
  private static long unshift(long bits, int shift) {
    long x = bits;
    for (int right = shift; right < Long.SIZE; right += shift) {
      x = bits ^ (x >>> shift);
    }
    return x;
  }

  /// The inverse of an odd number modulo 2^64, by Newton's iteration: each round doubles the bits
  /// that are right, from the 3 that a number has in common with its inverse.
  private static long inverse(long odd) {
    long inverse = odd;
    for (int right = 3; right < Long.SIZE; right *= 2) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }
}
