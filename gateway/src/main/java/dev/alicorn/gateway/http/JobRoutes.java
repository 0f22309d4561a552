package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeOK;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.entity;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.optionalHeaderValueByName;
import static org.apache.pekko.http.javadsl.server.Directives.parameterOptional;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import dev.alicorn.config.JobFile;
import dev.alicorn.gateway.daemon.Daemon;
import dev.alicorn.gateway.daemon.JobEvents;
import dev.alicorn.gateway.daemon.JobView;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.marshalling.sse.EventStreamMarshalling;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Location;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;
import org.apache.pekko.stream.Materializer;

/// `/v1/jobs`: submit, list, look at, watch, pause, resume and cancel; seeds and datasets are with
/// [SeedRoutes] and [DatasetRoutes].
final class JobRoutes {
  private static final int KEY_CHARS_MAX = 255;

  private final Daemon daemon;
  private final SeedRoots seedRoots;
  private final SeedRoutes seeds;
  private final DatasetRoutes datasets;
  private final String start;
  private final Executor blocking = Executors.newVirtualThreadPerTaskExecutor();

  /// @param start tells event ids of this daemon from another's
  JobRoutes(Daemon daemon, SeedRoots seedRoots, String start) {
    this.daemon = daemon;
    this.seeds = new SeedRoutes(daemon, Materializer.createMaterializer(daemon.system()));
    this.datasets = new DatasetRoutes(daemon.folders());
    this.seedRoots = seedRoots;
    this.start = start;
  }

  Route route() {
    return pathPrefix(
        "jobs", () -> concat(pathEnd(() -> concat(get(this::list), post(this::submit))), job()));
  }

  private Route job() {
    return pathPrefix(
        segment(),
        name ->
            concat(
                pathEnd(() -> get(() -> look(name))),
                path("pause", () -> post(() -> told(name, daemon::pause))),
                path(
                    "resume",
                    () -> post(() -> told(name, id -> daemon.resume(id, Optional.empty())))),
                path("cancel", () -> post(() -> told(name, daemon::cancel))),
                pathPrefix("datasets", () -> datasets.of(name)),
                path("events", () -> get(() -> events(name))),
                withJob(name, id -> daemon.events(id).isEmpty() ? unknown(name) : seeds.of(id))));
  }

  private Route list() {
    return parameterOptional(
        "state",
        wanted -> {
          Optional<JobView.State> state = wanted.flatMap(JobRoutes::state);
          if (wanted.isPresent() && state.isEmpty()) {
            return complete(
                Problem.badRequest(
                        "state: \""
                            + wanted.get()
                            + "\" is none; name one of "
                            + Arrays.stream(JobView.State.values())
                                .map(JobView.State::key)
                                .toList())
                    .response());
          }
          List<JobView> jobs =
              daemon.jobs().stream()
                  .filter(job -> state.isEmpty() || state.get() == job.state())
                  .toList();
          return complete(json(StatusCodes.OK, JobJson.list(jobs)));
        });
  }

  private static Optional<JobView.State> state(String key) {
    return Arrays.stream(JobView.State.values())
        .filter(state -> state.key().equals(key))
        .findFirst();
  }

  private Route submit() {
    return optionalHeaderValueByName(
        "Idempotency-Key",
        key ->
            entity(
                Unmarshaller.forMediaType(
                    MediaTypes.APPLICATION_JSON, Unmarshaller.entityToString()),
                body -> completeWithFuture(answer(() -> submitted(body, key)))));
  }

  private HttpResponse submitted(String body, Optional<String> key) throws Exception {
    if (key.isPresent() && (key.get().isBlank() || key.get().length() > KEY_CHARS_MAX)) {
      return Problem.badRequest("Idempotency-Key: 1 to " + KEY_CHARS_MAX + " characters")
          .response();
    }
    JobSpec spec = JobFile.parseJson(body, "job");
    JobView job = daemon.submit(new JobFile(spec, seedRoots.baseFolder(spec)), key);
    return json(StatusCodes.CREATED, JobJson.whole(job))
        .addHeader(Location.create("/v1/jobs/" + job.id()));
  }

  private Route look(String name) {
    return withJob(
        name,
        id ->
            daemon
                .look(id)
                .<Route>map(job ->
                    completeWithFuture(
                        job.thenApply(view -> json(StatusCodes.OK, JobJson.whole(view)))))
                .orElseGet(() -> unknown(name)));
  }

  /// What a job can be told.
  private interface Telling {
    Optional<JobView> tell(JobId job) throws Exception;
  }

  private Route told(String name, Telling telling) {
    return withJob(
        name,
        id ->
            completeWithFuture(
                answer(() ->
                    telling
                        .tell(id)
                        .map(job -> json(StatusCodes.OK, JobJson.brief(job)))
                        .orElseGet(() -> noJob(name).response()))));
  }

  private Route events(String name) {
    return withJob(
        name,
        id -> {
          Optional<JobEvents> events = daemon.events(id);
          return events.isEmpty()
              ? unknown(name)
              : optionalHeaderValueByName(
                  "Last-Event-ID",
                  last ->
                      completeOK(
                          new JobEventStream(start, events.get(), () -> lookAt(id)).behind(last),
                          EventStreamMarshalling.toEventStream()));
        });
  }

  private CompletionStage<JobView> lookAt(JobId id) {
    return daemon.look(id).orElseThrow();
  }

  private Route withJob(String name, Function<JobId, Route> then) {
    JobId id;
    try {
      id = new JobId(name);
    } catch (IllegalArgumentException _) {
      return unknown(name);
    }
    return then.apply(id);
  }

  private static Route unknown(String name) {
    return complete(noJob(name).response());
  }

  private static Problem noJob(String name) {
    return Problem.notFound("there is no job " + name + "; GET /v1/jobs lists them");
  }

  private CompletionStage<HttpResponse> answer(Callable<HttpResponse> answer) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                return answer.call();
              } catch (RuntimeException e) {
                throw e;
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            },
            blocking)
        .exceptionally(failure -> Problem.of(failure).response());
  }

  private static HttpResponse json(StatusCode status, String json) {
    return HttpResponse.create().withStatus(status).withEntity(ContentTypes.APPLICATION_JSON, json);
  }
}
