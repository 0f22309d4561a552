package dev.alicorn.engine.llm;

import dev.alicorn.protocol.FailureCause;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Whether an endpoint is in service: its breaker, and whether it is out.
///
/// One answer about key, money or model puts it out, and so does a while of nothing but failures,
/// or 20 refusals with no success between them. It is in again when somebody who has seen to it
/// resets it, or when a probe succeeds: one call a minute, if there is one to be made.
final class Health {
  private static final long PROBE_INTERVAL_NANOS = Duration.ofSeconds(60).toNanos();
  private static final int FAILURES_TO_GIVE_UP = 3;

  /// Each refusal costs its row.
  private static final int REFUSALS_TO_GIVE_UP = 20;

  private static final long NO_PROBE = -1;

  private final LimitSettings settings;
  private final Breaker breaker;
  private @Nullable String out;
  private long probeFrom;
  private long probe = NO_PROBE;
  private long nextCall;
  private long resetBefore;
  private int failures;
  private long failingSince;

  Health(LimitSettings settings, RandomGenerator random) {
    this.settings = settings;
    breaker = new Breaker(random);
  }

  Optional<String> out() {
    return Optional.ofNullable(out);
  }

  /// Whether calls go to it as they come, and not as probes alone.
  boolean up() {
    return out == null && !breaker.open();
  }

  /// What a call must wait for first, if anything.
  Optional<Decision> blocks(long now) {
    if (out != null) {
      return probe == NO_PROBE && now >= probeFrom
          ? Optional.empty()
          : Optional.of(new Decision.Out(out, probe == NO_PROBE ? probeFrom : Long.MAX_VALUE));
    }
    long passes = breaker.whenPasses(now);
    return passes > now
        ? Optional.of(new Decision.Wait(passes, WaitReason.ENDPOINT_DOWN))
        : Optional.empty();
  }

  /// A call is let through.
  ///
  /// @param call a number that grows from call to call
  void passed(long call) {
    nextCall = call + 1;
    if (out != null) {
      probe = call;
    }
    breaker.passed(call);
  }

  /// A call was answered as it should be.
  void succeeded(long call, long now) {
    failures = 0;
    if (call == probe) {
      probe = NO_PROBE;
      out = null;
      breaker.close();
    }
    breaker.answered(call, true, now);
  }

  /// A call was answered in a way that says nothing for or against the endpoint.
  void answered(long call, long now) {
    endProbe(call, now);
    breaker.answered(call, false, now);
  }

  /// A call was refused for a fault of its own, which may be the fault of all.
  void refused(long call, LlmAnswer.Failed failed, long now) {
    answered(call, now);
    countFailure(call, failed, now);
  }

  /// A call failed.
  ///
  /// @param sent whether it reached the endpoint
  void failed(long call, boolean sent, LlmAnswer.Failed failed, long now) {
    endProbe(call, now);
    breaker.failed(call, sent, now);
    countFailure(call, failed, now);
  }

  /// One answer was enough to put it out.
  void rejected(long call, LlmAnswer.Failed failed, long now) {
    dropped(call, now);
    goOut(call, OutOfService.at(settings.endpoint(), failed), now);
  }

  /// A call came to nothing by our own doing, or nobody said what came of it.
  void dropped(long call, long now) {
    endProbe(call, now);
    breaker.dropped(call);
  }

  /// Somebody has seen to it: it is in again, and what the calls still out come to is not held
  /// against it.
  void reset() {
    out = null;
    probe = NO_PROBE;
    failures = 0;
    resetBefore = nextCall;
    breaker.close();
  }

  private void endProbe(long call, long now) {
    if (call == probe) {
      probe = NO_PROBE;
      probeFrom = now + PROBE_INTERVAL_NANOS;
    }
  }

  private void countFailure(long call, LlmAnswer.Failed failed, long now) {
    if (failures == 0) {
      failingSince = now;
    }
    failures++;
    boolean forLong =
        failures >= FAILURES_TO_GIVE_UP && now - failingSince >= settings.giveUpAfter().toNanos();
    boolean atRowsCost =
        failures >= REFUSALS_TO_GIVE_UP && failed.cause() == FailureCause.REFUSED_REQUEST;
    if (forLong || atRowsCost) {
      Duration failing = Duration.ofNanos(now - failingSince);
      goOut(call, OutOfService.after(failing, failures, settings.endpoint(), failed), now);
    }
  }

  private void goOut(long call, String sentence, long now) {
    if (call >= resetBefore && out == null) {
      out = sentence;
      probeFrom = now + PROBE_INTERVAL_NANOS;
    }
  }
}
