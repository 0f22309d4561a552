package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alicorn.engine.llm.EndpointSnapshot;
import dev.alicorn.engine.llm.EndpointSnapshot.Limit;
import dev.alicorn.gateway.daemon.Daemon;
import dev.alicorn.gateway.wiring.EndpointView;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/endpoints`: how the deployment's endpoints are, and taking one in again.
final class EndpointRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double NANOS_PER_SECOND = 1e9;

  private final Daemon daemon;

  EndpointRoutes(Daemon daemon) {
    this.daemon = daemon;
  }

  Route route() {
    return pathPrefix(
        "endpoints",
        () ->
            concat(
                pathEnd(() -> get(this::list)),
                path(segment().slash("reset"), name -> post(() -> reset(name)))));
  }

  private Route list() {
    return completeWithFuture(
        Answers.orProblem(
            daemon
                .endpoints()
                .thenApply(endpoints -> {
                  ObjectNode root = JSON.createObjectNode();
                  ArrayNode array = root.putArray("endpoints");
                  endpoints.forEach(endpoint -> put(array.addObject(), endpoint));
                  return Answers.json(StatusCodes.OK, root.toString());
                })));
  }

  private Route reset(String name) {
    return daemon.resetEndpoint(name)
        ? list()
        : complete(
            Problem.notFound("there is no endpoint " + name + "; GET /v1/endpoints lists them")
                .response());
  }

  private static void put(ObjectNode json, EndpointView endpoint) {
    EndpointSnapshot now = endpoint.snapshot();
    json.put("name", now.endpoint())
        .put("model", endpoint.model())
        .put("wire", endpoint.wire().key())
        .put("state", now.out().isPresent() ? "out" : endpoint.probed() ? "up" : "idle");
    now.out().ifPresent(why -> json.put("detail", why));
    json.put("in_flight", now.inFlight()).put("waiting", now.waiting());
    now.waitsFor().ifPresent(reason -> json.put("waits_for", reason.text()));
    now.waits().ifPresent(wait -> json.put("waits_seconds", wait.toNanos() / NANOS_PER_SECOND));
    json.put("calls_last_minute", now.callsLastMinute())
        .put("retries_last_minute", now.retriesLastMinute());
    ObjectNode limits = json.putObject("limits");
    put(limits, "in_flight", Optional.of(now.inFlightLimit()));
    put(limits, "requests_per_minute", now.requestsPerMinute());
    put(limits, "tokens_per_minute", now.tokensPerMinute());
    put(limits, "input_tokens_per_minute", now.inputTokensPerMinute());
    put(limits, "output_tokens_per_minute", now.outputTokensPerMinute());
  }

  private static void put(ObjectNode json, String key, Optional<Limit> limit) {
    limit.ifPresent(inForce ->
        json.putObject(key).put("limit", inForce.value()).put("source", inForce.source().key()));
  }
}
