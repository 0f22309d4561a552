package dev.alicorn.engine.judge;

import dev.alicorn.protocol.RecordId;
import dev.alicorn.protocol.TaskName;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which candidates of a [dev.alicorn.engine.judge.Draw] are asked, and which make the dataset.
///
/// A task that wants N samples asks the candidates within its frontier: the shortest prefix in rank
/// order that holds N candidates not rejected, or all there are. A rejected candidate within it
/// moves the frontier on to the next one that is not rejected, and that one is wanted from then on.
///
/// Why nobody is asked for nothing: the frontier never holds more than N candidates that are not
/// rejected, so at no time, whatever is in flight, can more than N be accepted. When all in it are
/// settled, those accepted are all that are not rejected, hence N of them or all there are, and no
/// candidate before the last of them was left out: they are the first N accepted in rank order. And
/// why the order of settling does not matter: the frontier is a function of the set of the
/// rejected, it only grows with that set, and whether a candidate is rejected follows from its own
/// facts.
///
/// A replay may find more: under smaller counts, or a parser that accepts what an older one
/// rejected. Those accepted beyond the first N are `rejected(surplus)`.
///
/// Whatever is settled and not accepted counts as rejected here: rejected, failed or parked. Not
/// for use by several threads.
public final class Selection {
  private final Draw draw;
  private final Map<TaskName, Frontier> frontiers = new HashMap<>();

  public Selection(Draw draw) {
    this.draw = draw;
    for (TaskName task : draw.tasks()) {
      frontiers.put(task, new Frontier(draw.wanted(task), draw.candidates(task)));
    }
  }

  /// Marks a record's sample as one that will not be: rejected, failed or parked, or without a
  /// caption. Nothing happens if it is marked so already.
  ///
  /// @return the candidate that is wanted in its place, if any
  public Optional<RecordId> reject(RecordId record) {
    Optional<TaskName> task = draw.taskOf(record);
    if (task.isEmpty()) {
      return Optional.empty();
    }
    int next = frontier(task.get()).reject(draw.placeOf(record));
    return next < 0 ? Optional.empty() : Optional.of(draw.candidate(task.get(), next));
  }

  /// Marks a record's sample as good. Nothing happens if it is marked so already.
  ///
  /// @throws IllegalStateException if the record was rejected, which no later fact undoes
  public void accept(RecordId record) {
    Optional<TaskName> task = draw.taskOf(record);
    if (task.isEmpty() || !frontier(task.get()).accept(draw.placeOf(record))) {
      throw new IllegalStateException(
          "record " + record + " was rejected or never drawn, and cannot be accepted");
    }
  }

  /// Whether a record is within its task's frontier: its sample is to be asked for, or has been.
  public boolean wanted(RecordId record) {
    return draw.taskOf(record).map(task -> draw.placeOf(record) < frontier(task).end).orElse(false);
  }

  /// All records within a task's frontier, in rank order.
  public Stream<RecordId> wanted(TaskName task) {
    return IntStream.range(0, frontier(task).end).mapToObj(place -> draw.candidate(task, place));
  }

  /// The wanted records of a task that are neither accepted nor rejected, in rank order.
  public Stream<RecordId> open(TaskName task) {
    Frontier frontier = frontier(task);
    return IntStream.range(0, frontier.end)
        .filter(place -> !frontier.accepted.get(place) && !frontier.rejected.get(place))
        .mapToObj(place -> draw.candidate(task, place));
  }

  /// Whether every wanted record is accepted or rejected.
  public boolean complete() {
    return frontiers.values().stream().allMatch(Frontier::complete);
  }

  /// How many of the samples wanted of a task cannot be had, since its candidates are used up.
  public long shortfall(TaskName task) {
    Frontier frontier = frontier(task);
    return frontier.count - frontier.alive;
  }

  /// Whether a record's sample is in the dataset: one of the first N accepted in rank order.
  public boolean chosen(RecordId record) {
    return draw.taskOf(record)
        .map(task -> frontier(task).chosen(draw.placeOf(record)))
        .orElse(false);
  }

  /// How many samples of a task are in the dataset.
  public long chosen(TaskName task) {
    Frontier frontier = frontier(task);
    return Math.min(frontier.count, frontier.accepted.cardinality());
  }

  private Frontier frontier(TaskName task) {
    Frontier frontier = frontiers.get(task);
    return frontier == null ? Frontier.NONE : frontier;
  }

  /// One task's marks, by place among its candidates.
  private static final class Frontier {
    /// The frontier of a task of which nothing is wanted.
    private static final Frontier NONE = new Frontier(0, 0);

    private final long count;
    private final int candidates;
    private final BitSet rejected = new BitSet();
    private final BitSet accepted = new BitSet();

    /// Candidates within are those before it.
    private int end;

    /// Candidates within that are not rejected; less than `count` only if there are no more.
    private long alive;

    /// Accepted candidates before it are chosen; negative while it has to be found anew.
    private int chosenEnd = -1;

    Frontier(long count, int candidates) {
      this.count = count;
      this.candidates = candidates;
      while (advance() >= 0) {}
    }

    /// @return the place that is wanted now, or -1
    private int advance() {
      while (alive < count && end < candidates) {
        int place = end++;
        if (!rejected.get(place)) {
          alive++;
          return place;
        }
      }
      return -1;
    }

    int reject(int place) {
      if (rejected.get(place)) {
        return -1;
      }
      rejected.set(place);
      if (accepted.get(place)) {
        accepted.clear(place);
        chosenEnd = -1;
      }
      if (place >= end) {
        return -1;
      }
      alive--;
      return advance();
    }

    boolean accept(int place) {
      if (!rejected.get(place) && !accepted.get(place)) {
        accepted.set(place);
        chosenEnd = -1;
      }
      return !rejected.get(place);
    }

    boolean complete() {
      return accepted.get(0, end).cardinality() == alive;
    }

    boolean chosen(int place) {
      if (chosenEnd < 0) {
        chosenEnd = 0;
        for (long found = 0; found < count; found++) {
          int next = accepted.nextSetBit(chosenEnd);
          if (next < 0) {
            break;
          }
          chosenEnd = next + 1;
        }
      }
      return place < chosenEnd && accepted.get(place);
    }
  }
}
