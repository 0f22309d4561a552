package dev.alicorn.engine.llm;

import java.time.Duration;
import java.util.Arrays;

/// The sum of what happened within a span of time up to now, kept in slots.
///
/// An amount counts for the whole span and at most one slot longer, so that a sum held to a limit
/// holds it over every window of the span, whenever it begins. Times are nanoseconds of one clock
/// that never goes back.
final class RollingSum {
  private final long slotNanos;
  private final long[] slots;
  private long latest = Long.MIN_VALUE;
  private long sum;

  RollingSum(Duration span, int slotCount) {
    slotNanos = span.toNanos() / slotCount;
    slots = new long[slotCount + 1];
  }

  /// Adds an amount that happens now; returns the slot that it lies in.
  long add(long amount, long now) {
    advance(now);
    slots[at(latest)] += amount;
    sum += amount;
    return latest;
  }

  /// Corrects an amount that was added to a slot, if it still counts.
  void correct(long slot, long change, long now) {
    advance(now);
    if (slot > latest - slots.length) {
      slots[at(slot)] += change;
      sum += change;
    }
  }

  long sum(long now) {
    advance(now);
    return sum;
  }

  /// The sum without the slot that may lie before the span: never more than happened within it.
  long sumWithin(long now) {
    advance(now);
    return sum - slots[at(latest + 1)];
  }

  /// The earliest time, from now on, at which the sum is at most `limit` if nothing is added.
  long whenAtMost(long limit, long now) {
    advance(now);
    long rest = sum;
    if (rest <= limit) {
      return now;
    }
    long slot = latest - slots.length;
    while (rest > limit && slot < latest) {
      slot++;
      rest -= slots[at(slot)];
    }
    return (slot + slots.length) * slotNanos;
  }

  void clear() {
    Arrays.fill(slots, 0);
    sum = 0;
  }

  private void advance(long now) {
    long slot = Math.floorDiv(now, slotNanos);
    if (slot <= latest) {
      return;
    }
    if (latest == Long.MIN_VALUE || slot - latest >= slots.length) {
      clear();
    } else {
      for (long passed = latest + 1; passed <= slot; passed++) {
        sum -= slots[at(passed)];
        slots[at(passed)] = 0;
      }
    }
    latest = slot;
  }

  private int at(long slot) {
    return (int) Math.floorMod(slot, (long) slots.length);
  }
}
