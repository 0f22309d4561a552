package dev.alicorn.engine.llm;

import dev.alicorn.protocol.Bytes;
import dev.alicorn.protocol.FailureCause;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitch;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.jspecify.annotations.Nullable;

/// One attempt on the wire: from the request that has left to an answer, within a total deadline.
final class Exchange {
  private final ActorSystem<?> system;
  private final Scrubber scrubber;
  private final long bodyBytesMax;
  private final Duration deadline;
  private final long startedNanos = System.nanoTime();
  private final CompletableFuture<LlmAnswer.Attempt> answer = new CompletableFuture<>();
  private boolean expired;
  private @Nullable KillSwitch bodyStream;

  Exchange(ActorSystem<?> system, Scrubber scrubber, long bodyBytesMax, Duration deadline) {
    this.system = system;
    this.scrubber = scrubber;
    this.bodyBytesMax = bodyBytesMax;
    this.deadline = deadline;
  }

  CompletionStage<LlmAnswer.Attempt> run(CompletionStage<HttpResponse> response) {
    Cancellable timer =
        system.scheduler().scheduleOnce(deadline, this::expire, system.executionContext());
    response.whenComplete((came, failure) -> {
      if (came != null) {
        read(came);
      } else {
        SendFailure why = SendFailure.of(failure);
        fail(why.cause(), 0, why.detail(), Bytes.EMPTY, LimitSignals.NONE);
      }
    });
    return answer.whenComplete((_, _) -> timer.cancel());
  }

  private void read(HttpResponse response) {
    LimitSignals signals = LimitHeaders.read(response.getHeaders(), Instant.now());
    int status = response.status().intValue();
    if (response.entity() instanceof HttpEntity.Strict strict
        && strict.getData().length() <= bodyBytesMax) {
      finish(status, strict.getData().toArrayUnsafe(), false, null, signals);
      return;
    }
    BodyBuffer body = new BodyBuffer(bodyBytesMax);
    Pair<UniqueKillSwitch, ? extends CompletionStage<?>> running =
        response
            .entity()
            .withoutSizeLimit()
            .getDataBytes()
            .viaMat(KillSwitches.single(), Keep.right())
            .takeWhile(body::take)
            .toMat(Sink.ignore(), Keep.both())
            .run(system);
    attach(running.first());
    running
        .second()
        .whenComplete(
            (_, failure) -> finish(status, body.toArray(), body.overflown(), failure, signals));
  }

  private void finish(
      int status,
      byte[] body,
      boolean overflown,
      @Nullable Throwable failure,
      LimitSignals signals) {
    Bytes bytes = scrubber.scrub(body);
    if (status != 200) {
      ProviderError error = ProviderError.of(bytes);
      fail(
          error.cause(status),
          status,
          error.message().isEmpty() ? said(status) : error.message(),
          bytes,
          signals);
    } else if (overflown) {
      fail(
          FailureCause.BODY_TOO_LARGE,
          status,
          "the body passed " + bodyBytesMax + " bytes and was cut there",
          bytes,
          signals);
    } else if (failure instanceof TimeoutException) {
      fail(FailureCause.UNKNOWN_OUTCOME, status, overdue(), bytes, signals);
    } else if (failure != null) {
      fail(
          FailureCause.CUT_BODY,
          status,
          "the body ended after " + bytes.length() + " bytes, before it was complete",
          bytes,
          signals);
    } else {
      answer.complete(new LlmAnswer.Replied(bytes, signals, latency()));
    }
  }

  private void fail(
      FailureCause cause, int status, String detail, Bytes body, LimitSignals signals) {
    answer.complete(
        new LlmAnswer.Failed(cause, status, scrubber.scrub(detail), body, signals, latency()));
  }

  /// What was read of a body by the deadline goes with the answer, so its stream is made to end.
  private void expire() {
    KillSwitch stream;
    synchronized (this) {
      expired = true;
      stream = bodyStream;
    }
    if (stream == null) {
      fail(FailureCause.UNKNOWN_OUTCOME, 0, overdue(), Bytes.EMPTY, LimitSignals.NONE);
    } else {
      stream.abort(new TimeoutException());
    }
  }

  private void attach(KillSwitch stream) {
    boolean late;
    synchronized (this) {
      late = expired;
      bodyStream = stream;
    }
    if (late) {
      stream.abort(new TimeoutException());
    }
  }

  private static String said(int status) {
    return status >= 300 && status < 400 ? "a redirect, which is not followed" : "status " + status;
  }

  private String overdue() {
    return "no complete response within " + deadline.toMillis() + " ms";
  }

  private Duration latency() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }
}
