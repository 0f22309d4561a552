package dev.alicorn.engine.llm;

import dev.alicorn.engine.prompt.ChatRequest;
import dev.alicorn.protocol.Bytes;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/// An endpoint, or a pool of several, as a step of a job sees it: one attempt at a time, made when
/// the pool's actor lets it through and where that says.
///
/// Several of these may share an actor; each carries its own job's admission.
public final class Endpoint {
  private static final CompletionStage<?> NOTHING_INTENDED = CompletableFuture.completedStage(true);

  private final ActorRef<EndpointPool.Command> pool;
  private final CallFlow flow;
  private final Map<String, Server> servers;
  private final Admission admission;
  private final Executor executor;

  /// One endpoint's wire.
  ///
  /// @param model the name that it knows the model by
  /// @param billed tokens that a reply's body says it was billed for, none where it says nothing;
  ///   asked only where tokens are limited
  public record Server(LlmClient client, String model, Function<Bytes, Tokens> billed) {}

  /// An answer, and the endpoint that gave it; where no call was made, what was asked for.
  public record Answered(String endpoint, LlmAnswer answer) {}

  /// @param servers by name, for each endpoint of the flow's team
  /// @param executor where calls are sent from, such as the actor system's
  public Endpoint(
      ActorRef<EndpointPool.Command> pool,
      CallFlow flow,
      Map<String, Server> servers,
      Admission admission,
      Executor executor) {
    this.pool = pool;
    this.flow = flow;
    this.servers = Map.copyOf(servers);
    this.admission = admission;
    this.executor = executor;
  }

  /// One attempt at a call, after its backoff and when the limits allow. There is no deadline on
  /// the wait; {@link #recheck} ends it where the job may not call any more.
  public CompletionStage<Answered> ask(ChatRequest request, Turn turn) {
    return ask(request, turn, _ -> NOTHING_INTENDED);
  }

  /// The same, with something to be done between the permission to call and the call: what is
  /// intended is made durable. If that fails, no call is made and the stage fails with it.
  ///
  /// @param intent told the endpoint that is going to be called
  public CompletionStage<Answered> ask(
      ChatRequest request, Turn turn, Function<String, CompletionStage<?>> intent) {
    return reserve(request, turn)
        .thenComposeAsync(
            reservation ->
                switch (reservation) {
                  case Reservation.Refused(LlmAnswer.Unavailable why) ->
                      CompletableFuture.completedStage(new Answered(flow.team().name(), why));
                  case Reservation.Granted granted ->
                      intent
                          .apply(granted.endpoint())
                          .whenComplete((_, failure) -> dropIf(failure != null, granted))
                          .thenCompose(_ -> call(request, granted));
                },
            executor);
  }

  /// Asks the admission of every ask that waits again, since its answer may have changed.
  public void recheck() {
    pool.tell(new EndpointPool.Recheck());
  }

  /// Takes in again what was out.
  public void reset() {
    flow.team().endpoints().forEach(endpoint -> EndpointPool.reset(pool, endpoint));
  }

  /// How one of its endpoints stands.
  public CompletionStage<EndpointSnapshot> snapshot(String endpoint) {
    return EndpointPool.look(pool, endpoint);
  }

  private CompletableFuture<Reservation> reserve(ChatRequest request, Turn turn) {
    CompletableFuture<Reservation> reply = new CompletableFuture<>();
    Wish wish = new Wish(flow, Tokens.of(request.usageMax()), turn, admission, reply::complete);
    pool.tell(new EndpointPool.Reserve(wish));
    return reply;
  }

  private CompletionStage<Answered> call(ChatRequest request, Reservation.Granted granted) {
    Server server = Objects.requireNonNull(servers.get(granted.endpoint()), granted.endpoint());
    CallRecording recording = new CallRecording(granted.endpoint());
    recording.begin();
    return server
        .client()
        .call(request.to(server.model()))
        .thenApply(attempt -> {
          recording.ended(attempt);
          Optional<Tokens> billed =
              granted.meters() ? billed(attempt, server.billed()) : Optional.empty();
          pool.tell(new EndpointPool.Settle(granted.endpoint(), granted.call(), attempt, billed));
          return new Answered(granted.endpoint(), attempt);
        });
  }

  private static Optional<Tokens> billed(
      LlmAnswer.Attempt attempt, Function<Bytes, Tokens> reader) {
    return attempt instanceof LlmAnswer.Replied replied
        ? Optional.of(reader.apply(replied.body())).filter(tokens -> tokens.total() > 0)
        : Optional.empty();
  }

  private void dropIf(boolean dropped, Reservation.Granted granted) {
    if (dropped) {
      pool.tell(new EndpointPool.Drop(granted.endpoint(), granted.call()));
    }
  }
}
