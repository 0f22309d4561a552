package dev.alicorn.engine.llm;

import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.protocol.Bytes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.pekko.actor.typed.ActorRef;

/// An endpoint as a job's steps see it: one attempt at a time, made when the endpoint's pool lets
/// it through.
///
/// Several of these may share a pool; each carries its own job's admission.
public final class Endpoint {
  private static final CompletionStage<?> NOTHING_INTENDED = CompletableFuture.completedStage(true);

  private final ActorRef<EndpointPool.Command> pool;
  private final LlmClient client;
  private final ToLongFunction<Bytes> billedTokens;
  private final Admission admission;
  private final Executor executor;

  /// @param billedTokens tokens that a reply's body says it was billed for, input and output; 0
  ///   where it says nothing; asked only where tokens are limited
  /// @param executor where calls are sent from, such as the actor system's
  public Endpoint(
      ActorRef<EndpointPool.Command> pool,
      LlmClient client,
      ToLongFunction<Bytes> billedTokens,
      Admission admission,
      Executor executor) {
    this.pool = pool;
    this.client = client;
    this.billedTokens = billedTokens;
    this.admission = admission;
    this.executor = executor;
  }

  /// One attempt at a call, after its backoff and when the limits allow. There is no deadline on
  /// the wait; {@link #recheck} ends it where the job may not call any more.
  public CompletionStage<LlmAnswer> ask(ChatRequest request, Turn turn) {
    return ask(request, turn, () -> NOTHING_INTENDED);
  }

  /// The same, with something to be done between the permission to call and the call: what is
  /// intended is made durable. If that fails, no call is made and the stage fails with it.
  public CompletionStage<LlmAnswer> ask(
      ChatRequest request, Turn turn, Supplier<? extends CompletionStage<?>> intent) {
    return reserve(request, turn)
        .thenComposeAsync(
            reservation ->
                switch (reservation) {
                  case EndpointPool.Refused(LlmAnswer.Unavailable why) ->
                      CompletableFuture.completedStage(why);
                  case EndpointPool.Granted granted ->
                      intent
                          .get()
                          .whenComplete((_, failure) -> dropIf(failure != null, granted))
                          .thenCompose(_ -> call(request, granted));
                },
            executor);
  }

  /// Asks the admission of every ask that waits again, since its answer may have changed.
  public void recheck() {
    pool.tell(new EndpointPool.Recheck());
  }

  /// Takes an endpoint in again that was out.
  public void reset() {
    pool.tell(new EndpointPool.Reset());
  }

  /// Asks the endpoint whether it is there: empty, or one sentence on what to mend.
  public CompletionStage<Optional<String>> probe() {
    return client.probe();
  }

  public CompletionStage<EndpointSnapshot> snapshot() {
    CompletableFuture<EndpointSnapshot> reply = new CompletableFuture<>();
    pool.tell(new EndpointPool.Look(reply));
    return reply;
  }

  private CompletableFuture<EndpointPool.Reservation> reserve(ChatRequest request, Turn turn) {
    CompletableFuture<EndpointPool.Reservation> reply = new CompletableFuture<>();
    pool.tell(new EndpointPool.Reserve(request.tokensEstimate(), turn, admission, reply));
    return reply;
  }

  private CompletionStage<LlmAnswer> call(ChatRequest request, EndpointPool.Granted granted) {
    return client
        .call(request)
        .thenApply(attempt -> {
          pool.tell(new EndpointPool.Settle(granted.call(), attempt, billed(attempt, granted)));
          return attempt;
        });
  }

  private OptionalLong billed(LlmAnswer.Attempt attempt, EndpointPool.Granted granted) {
    if (granted.meters() && attempt instanceof LlmAnswer.Replied replied) {
      long tokens = billedTokens.applyAsLong(replied.body());
      return tokens > 0 ? OptionalLong.of(tokens) : OptionalLong.empty();
    }
    return OptionalLong.empty();
  }

  private void dropIf(boolean dropped, EndpointPool.Granted granted) {
    if (dropped) {
      pool.tell(new EndpointPool.Drop(granted.call()));
    }
  }
}
