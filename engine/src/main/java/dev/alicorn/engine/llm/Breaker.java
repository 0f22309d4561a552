package dev.alicorn.engine.llm;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The circuit breaker of an endpoint: open after at least half of at least 20 calls within 30 s
/// failed, or after one that could not be sent; then one probe at a time until one succeeds.
///
/// The time between probes doubles from 0.5 s to 30 s, with jitter. Calls that were let through
/// before the breaker opened say nothing about the endpoint of now and are ignored.
final class Breaker {
  private static final Duration SPAN = Duration.ofSeconds(30);
  private static final int SLOTS = 30;
  private static final int CALLS_MIN = 20;
  private static final long WAIT_NANOS_MIN = Duration.ofMillis(500).toNanos();
  private static final long WAIT_NANOS_MAX = Duration.ofSeconds(30).toNanos();
  private static final int DOUBLINGS_MAX = 6;
  private static final long NO_PROBE = -1;

  private final RandomGenerator random;
  private final RollingSum calls = new RollingSum(SPAN, SLOTS);
  private final RollingSum failures = new RollingSum(SPAN, SLOTS);
  private boolean open;
  private long probe = NO_PROBE;
  private long probeFrom;
  private int trips;
  private long firstCall;
  private long nextCall;

  Breaker(RandomGenerator random) {
    this.random = random;
  }

  boolean open() {
    return open;
  }

  /// When a call may pass; `Long.MAX_VALUE` while a probe is out.
  long whenPasses(long now) {
    if (!open) {
      return now;
    }
    return probe == NO_PROBE ? Math.max(now, probeFrom) : Long.MAX_VALUE;
  }

  /// A call is let through.
  ///
  /// @param call a number that grows from call to call
  void passed(long call) {
    nextCall = call + 1;
    if (open) {
      probe = call;
    }
  }

  /// A call found the endpoint working.
  ///
  /// @param counts whether it stands for the endpoint's health in the closed state
  void answered(long call, boolean counts, long now) {
    if (open) {
      if (call == probe) {
        close();
        firstCall = call;
      }
    } else if (counts && call >= firstCall) {
      calls.add(1, now);
    }
  }

  /// A call failed.
  ///
  /// @param sent whether it reached the endpoint
  void failed(long call, boolean sent, long now) {
    if (open) {
      if (call == probe) {
        trip(now);
      }
    } else if (call >= firstCall) {
      calls.add(1, now);
      failures.add(1, now);
      if (!sent || mostFail(now)) {
        trip(now);
      }
    }
  }

  /// A call came to nothing by our own doing.
  void dropped(long call) {
    if (call == probe) {
      probe = NO_PROBE;
    }
  }

  /// As at the start, but deaf to the calls that are still out.
  void close() {
    open = false;
    probe = NO_PROBE;
    trips = 0;
    firstCall = nextCall;
    calls.clear();
    failures.clear();
  }

  private boolean mostFail(long now) {
    return calls.sum(now) >= CALLS_MIN && 2 * failures.sum(now) >= calls.sum(now);
  }

  private void trip(long now) {
    open = true;
    probe = NO_PROBE;
    long wait = Math.min(WAIT_NANOS_MAX, WAIT_NANOS_MIN << Math.min(trips, DOUBLINGS_MAX));
    probeFrom = now + wait / 2 + random.nextLong(wait / 2 + 1);
    trips++;
  }
}
