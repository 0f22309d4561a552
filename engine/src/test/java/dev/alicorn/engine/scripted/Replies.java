package dev.alicorn.engine.scripted;

import dev.alicorn.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// Makes HTTP responses of scripted replies and faults, and enters what they bill in the ledger.
final class Replies {
  private static final HttpResponse OK = HttpResponse.create();

  private static final Duration SENT_BY_THEN = Duration.ofMillis(100);
  private static final byte[] HUGE_PART = new byte[1 << 16];

  static {
    Arrays.fill(HUGE_PART, (byte) ' ');
  }

  private final ActorSystem system;
  private final CallLedger ledger;

  Replies(ActorSystem system, CallLedger ledger) {
    this.system = system;
    this.ledger = ledger;
  }

  static HttpResponse json(int status, String body) {
    return OK.withStatus(statusCode(status))
        .withEntity(
            HttpEntities.create(
                ContentTypes.APPLICATION_JSON, body.getBytes(StandardCharsets.UTF_8)));
  }

  /// The response to a request; one that never completes where a fault has none.
  ///
  /// @param key of the request, where the ledger is kept by key
  /// @param connection ends the connection that the request came by
  CompletionStage<HttpResponse> to(
      Optional<Fault> fault, Optional<String> key, ScriptedReply reply, Connection connection) {
    return fault.isPresent()
        ? faulty(fault.get(), key, reply, connection)
        : CompletableFuture.completedStage(billed(key, reply, reply.body("stop")));
  }

  private CompletionStage<HttpResponse> faulty(
      Fault fault, Optional<String> key, ScriptedReply reply, Connection connection) {
    return switch (fault) {
      case Fault.Hang _ -> new CompletableFuture<>();
      case Fault.Drop _ -> {
        ledger.answered();
        connection.reset();
        yield new CompletableFuture<>();
      }
      case Fault.CutBody _ -> {
        byte[] body = reply.body("stop");
        yield unbilled(
            HttpEntities.create(
                ContentTypes.APPLICATION_JSON, body.length, halfOf(body, connection::end)));
      }
      case Fault.CutChunks _ ->
          unbilled(
              HttpEntities.createChunked(
                  ContentTypes.APPLICATION_JSON, halfOf(reply.body("stop"), connection::end)));
      case Fault.HangMidBody _ ->
          unbilled(
              HttpEntities.createChunked(
                  ContentTypes.APPLICATION_JSON, halfOf(reply.body("stop"), () -> {})));
      case Fault.ResetMidBody _ ->
          unbilled(
              HttpEntities.createChunked(
                  ContentTypes.APPLICATION_JSON, halfOf(reply.body("stop"), connection::reset)));
      case Fault.Trickle(Duration pause) ->
          unbilled(
              HttpEntities.createChunked(
                  ContentTypes.APPLICATION_JSON, trickle(reply.body("stop"), pause)));
      case Fault.Wire(Bytes bytes) -> {
        ledger.answered();
        connection.write(bytes.toArray());
        yield new CompletableFuture<>();
      }
      case Fault.Held(CompletionStage<?> gate) ->
          gate.thenApply(_ -> billed(key, reply, reply.body("stop")));
      case Fault.Reply replying -> CompletableFuture.completedStage(wrong(replying, key, reply));
    };
  }

  private HttpResponse wrong(Fault.Reply fault, Optional<String> key, ScriptedReply reply) {
    return switch (fault) {
      case Fault.Status status -> status(status);
      case Fault.MalformedJson _ -> {
        byte[] body = reply.body("stop");
        yield unbilled(ok(Arrays.copyOf(body, body.length / 2)));
      }
      case Fault.EmptyChoices _ -> billed(key, reply, reply.bodyWithoutChoices());
      case Fault.NullContent _ -> billed(key, reply, reply.bodyWithoutContent());
      case Fault.Refusal _ -> billed(key, reply, reply.bodyOfRefusal());
      case Fault.NoUsage _ -> unbilled(ok(reply.unmetered().body("stop")));
      case Fault.CachedInput _ -> billed(key, reply, reply.cached().body("stop"));
      case Fault.FinishReason(String reason) -> billed(key, reply, reply.body(reason));
      case Fault.BadPairs _ -> {
        ScriptedReply said = reply.firstInstruct() ? reply.garbled() : reply;
        yield billed(key, said, said.body("stop"));
      }
      case Fault.Fenced _ -> {
        ScriptedReply said = reply.fenced();
        yield billed(key, said, said.body("stop"));
      }
      case Fault.Says(String text) -> {
        ScriptedReply said = reply.saying(text);
        yield billed(key, said, said.body("stop"));
      }
      case Fault.Verbatim(String contentType, Bytes body, var headers) ->
          unbilled(
              withHeaders(
                  OK.withEntity(
                      HttpEntities.create(ContentTypes.parse(contentType), body.toArray())),
                  headers));
      case Fault.HugeBody(int bytes) -> {
        int parts = Math.ceilDiv(bytes, HUGE_PART.length);
        yield unbilled(
            OK.withEntity(
                HttpEntities.create(
                    ContentTypes.APPLICATION_JSON,
                    (long) parts * HUGE_PART.length,
                    Source.repeat(ByteString.fromArrayUnsafe(HUGE_PART)).take(parts))));
      }
    };
  }

  private HttpResponse status(Fault.Status fault) {
    if (fault.code() == 429) {
      ledger.limited();
    }
    return unbilled(withHeaders(json(fault.code(), fault.body()), fault.headers()));
  }

  private static HttpResponse withHeaders(HttpResponse response, Map<String, String> headers) {
    HttpResponse with = response;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      with = with.addHeader(RawHeader.create(header.getKey(), header.getValue()));
    }
    return with;
  }

  private HttpResponse billed(Optional<String> key, ScriptedReply reply, byte[] body) {
    long prompt = reply.promptTokens();
    long completion = reply.completionTokens();
    ledger.billed(prompt, completion);
    key.ifPresent(known -> ledger.billed(known, prompt, completion));
    ledger.answered();
    return ok(body);
  }

  private HttpResponse unbilled(HttpResponse response) {
    ledger.answered();
    return response;
  }

  private CompletionStage<HttpResponse> unbilled(ResponseEntity entity) {
    return CompletableFuture.completedStage(unbilled(OK.withEntity(entity)));
  }

  private static StatusCode statusCode(int code) {
    return StatusCodes.lookup(code)
        .orElseGet(() -> StatusCodes.custom(code, "Scripted", "", false, true));
  }

  private static HttpResponse ok(byte[] body) {
    return OK.withEntity(
        HttpEntities.create(ContentTypes.APPLICATION_JSON, ByteString.fromArrayUnsafe(body)));
  }

  /// Half a body, then an act in the place of the rest. The half is on its way when the rest is
  /// asked for; a moment more lets it leave.
  private Source<ByteString, ?> halfOf(byte[] body, Runnable then) {
    return Source.single(ByteString.fromArray(body, 0, body.length / 2))
        .concatLazy(
            Source.lazySource(() -> {
              system.scheduler().scheduleOnce(SENT_BY_THEN, then, system.dispatcher());
              return Source.<ByteString>maybe();
            }));
  }

  private static Source<ByteString, ?> trickle(byte[] body, Duration pause) {
    return Source.range(0, body.length - 1)
        .throttle(1, pause)
        .map(at -> ByteString.fromArray(body, at, 1));
  }
}
