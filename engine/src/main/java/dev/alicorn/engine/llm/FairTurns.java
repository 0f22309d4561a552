package dev.alicorn.engine.llm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Takes turns among those who share something, in proportion to their weights.
///
/// Start-time fair queueing: each has a virtual time at which its next turn starts, a turn moves it
/// on by 1 / weight, and the earliest comes next; of equals, the one that came first. One that
/// cannot take its turn loses it rather than saving it up, so that nobody who comes back shuts the
/// others out. Between two turns of one of weight w, others of weights W1, W2, … that can go take
/// at most ⌈Wi / w⌉ + 1 turns each. (Goyal, Vin, Cheng: *Start-time Fair Queuing*, SIGCOMM 1996.)
final class FairTurns<K> {
  private final SequencedMap<K, Seat> seats = new LinkedHashMap<>();
  private double served;

  private static final class Seat {
    private double next;
    private int weight;
    private boolean left;

    private Seat(double next, int weight) {
      this.next = next;
      this.weight = weight;
    }
  }

  /// Joins, or changes its weight.
  void join(K who, int weight) {
    Seat seat = seats.computeIfAbsent(who, _ -> new Seat(served, weight));
    seat.weight = weight;
    seat.left = false;
  }

  /// Leaves; it is remembered for as long as it has had more than its share.
  void leave(K who) {
    Seat seat = seats.get(who);
    if (seat != null) {
      seat.left = true;
    }
  }

  /// Whose turn it is among those who can take it; null if nobody can.
  @Nullable K next(Predicate<K> can) {
    K first = null;
    double earliest = Double.POSITIVE_INFINITY;
    for (Map.Entry<K, Seat> entry : seats.entrySet()) {
      Seat seat = entry.getValue();
      if (!seat.left && seat.next < earliest && can.test(entry.getKey())) {
        earliest = seat.next;
        first = entry.getKey();
      }
    }
    return first;
  }

  /// It takes its turn.
  void serve(K who) {
    Seat seat = seats.get(who);
    if (seat == null) {
      throw new IllegalArgumentException(who + " has no turn to take");
    }
    served = Math.max(served, seat.next);
    seat.next += 1.0 / seat.weight;
    for (Seat other : seats.values()) {
      other.next = Math.max(other.next, served);
    }
    seats.values().removeIf(other -> other.left && other.next <= served);
  }
}
