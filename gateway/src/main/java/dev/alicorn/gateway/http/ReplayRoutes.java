package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
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
import dev.alicorn.config.ReplayRequest;
import dev.alicorn.engine.replay.ReplayProgress.StageProgress;
import dev.alicorn.gateway.daemon.Daemon;
import dev.alicorn.gateway.daemon.HostedJob;
import dev.alicorn.gateway.daemon.ReplayView;
import dev.alicorn.protocol.JobId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Location;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/jobs/{id}/replays`: other datasets of a job's journal, asked for, watched and cancelled.
final class ReplayRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Daemon daemon;

  ReplayRoutes(Daemon daemon) {
    this.daemon = daemon;
  }

  /// The routes of one job's replays.
  Route of(String job) {
    return concat(
        pathEnd(() -> concat(get(() -> with(job, this::list)), post(() -> with(job, this::begin)))),
        pathPrefix(
            segment(),
            name ->
                concat(
                    pathEnd(() -> get(() -> with(job, found -> look(found.id(), name)))),
                    path(
                        "cancel",
                        () -> post(() -> with(job, found -> cancel(found.id(), name)))))));
  }

  private Route with(String job, Function<HostedJob, Route> then) {
    return Answers.withJob(daemon, job, then);
  }

  private Route list(HostedJob job) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode replays = root.putArray("replays");
    daemon.replays().of(job.id()).forEach(replay -> put(replays.addObject(), replay));
    return complete(Answers.json(StatusCodes.OK, root.toString()));
  }

  private Route begin(HostedJob job) {
    return Answers.withOptionalJsonBody(body ->
        Answers.blocking(() -> {
          ReplayRequest request = ReplayRequest.parseJson(body, "replay");
          ReplayView begun = daemon.replay(job, request.recipe(), request.until(), request.name());
          return Answers.json(StatusCodes.ACCEPTED, json(begun))
              .addHeader(Location.create("/v1/jobs/" + job.id() + "/replays/" + begun.name()));
        }));
  }

  private Route look(JobId id, String name) {
    return complete(told(id, name, daemon.replays().look(id, name)));
  }

  private Route cancel(JobId id, String name) {
    return Answers.blocking(() -> told(id, name, daemon.replays().cancel(id, name)));
  }

  private static HttpResponse told(JobId id, String name, Optional<ReplayView> replay) {
    return replay
        .map(found -> Answers.json(StatusCodes.OK, json(found)))
        .orElseGet(() ->
            Problem.notFound("job " + id + " has no replay " + name + " since the daemon started")
                .response());
  }

  private static String json(ReplayView replay) {
    ObjectNode root = JSON.createObjectNode();
    put(root, replay);
    return root.toString();
  }

  private static void put(ObjectNode json, ReplayView replay) {
    json.put("name", replay.name()).put("state", replay.state().key());
    replay
        .progress()
        .filter(progress -> !progress.stages().isEmpty())
        .ifPresent(progress -> put(json, progress.stages().getLast()));
    replay.detail().ifPresent(detail -> json.put("detail", detail));
  }

  private static void put(ObjectNode json, StageProgress stage) {
    json.put("stage", stage.stage().name().toLowerCase(Locale.ROOT))
        .put("done", stage.done())
        .put("total", stage.total());
    stage.left().ifPresent(left -> json.put("seconds_left", left.toSeconds()));
  }
}
