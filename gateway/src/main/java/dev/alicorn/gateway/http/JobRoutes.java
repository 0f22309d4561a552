package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeOK;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.optionalHeaderValueByName;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.pathEnd;
import static org.apache.pekko.http.javadsl.server.Directives.pathPrefix;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import dev.alicorn.config.JobFile;
import dev.alicorn.gateway.daemon.Daemon;
import dev.alicorn.gateway.daemon.JobEvents;
import dev.alicorn.gateway.daemon.JobJson;
import dev.alicorn.gateway.daemon.JobView;
import dev.alicorn.protocol.JobId;
import dev.alicorn.protocol.JobSpec;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.marshalling.sse.EventStreamMarshalling;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Location;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/jobs`: submit, list, look at, watch, pause, resume and cancel; what else belongs to a job
/// is with [SeedRoutes], [RecordRoutes], [ReplayRoutes] and [DatasetRoutes].
final class JobRoutes {
  private static final int KEY_CHARS_MAX = 255;
  private static final int LISTED = 100;
  private static final int LISTED_MAX = 1000;

  private final Daemon daemon;
  private final SeedRoots seedRoots;
  private final SeedRoutes seeds;
  private final RecordRoutes records;
  private final ReplayRoutes replays;
  private final DatasetRoutes datasets;

  JobRoutes(Daemon daemon, SeedRoots seedRoots) {
    this.daemon = daemon;
    this.seedRoots = seedRoots;
    this.seeds = new SeedRoutes(daemon);
    this.records = new RecordRoutes(daemon);
    this.replays = new ReplayRoutes(daemon);
    this.datasets = new DatasetRoutes(daemon.folders());
  }

  Route route() {
    return pathPrefix(
        "jobs",
        () ->
            concat(
                pathEnd(() -> concat(get(this::list), post(this::submit))),
                pathPrefix(segment(), this::named)));
  }

  private Route named(String name) {
    return concat(
        pathEnd(() -> get(() -> Answers.withJob(name, this::look))),
        path("pause", () -> post(() -> told(name, daemon::pause))),
        path("resume", () -> post(() -> resume(name))),
        path("cancel", () -> post(() -> told(name, daemon::cancel))),
        path("events", () -> get(() -> Answers.withJob(name, this::events))),
        path("seeds", () -> post(() -> Answers.withJob(name, seeds::take))),
        path("seal", () -> post(() -> Answers.withJob(name, seeds::seal))),
        path("records", () -> get(() -> Answers.withJob(name, records::of))),
        pathPrefix("replays", () -> replays.of(name)),
        pathPrefix("datasets", () -> datasets.of(name)));
  }

  private Route list() {
    return Query.choice(
        "state",
        JobView.State.values(),
        JobView.State::key,
        state ->
            Query.count(
                "limit",
                LISTED,
                LISTED_MAX,
                limit -> Query.text("after", after -> list(state, limit, after))));
  }

  private Route list(Optional<JobView.State> state, int limit, Optional<String> after) {
    Optional<JobId> behind = after.flatMap(Answers::jobId);
    if (after.isPresent() && behind.flatMap(daemon::view).isEmpty()) {
      return complete(Answers.noJob(after.get()).response());
    }
    Daemon.Page page = daemon.jobs(state, limit, behind);
    return complete(Answers.json(StatusCodes.OK, JobJson.list(page.jobs(), page.next())));
  }

  private Route submit() {
    return optionalHeaderValueByName(
        "Idempotency-Key",
        key ->
            Answers.withJsonBody(body ->
                key.isPresent() && !key.get().matches("[!-~]{1," + KEY_CHARS_MAX + "}")
                    ? complete(
                        Problem.badParameter(
                                "Idempotency-Key",
                                key.get(),
                                "it has 1 to " + KEY_CHARS_MAX + " letters without spaces")
                            .response())
                    : Answers.blocking(() -> submitted(body, key))));
  }

  private HttpResponse submitted(String body, Optional<String> key) throws Exception {
    JobSpec spec = JobFile.parseJson(body, "job");
    JobView job = daemon.submit(new JobFile(spec, seedRoots.baseFolder(spec)), key);
    return Answers.json(StatusCodes.CREATED, JobJson.whole(job))
        .addHeader(Location.create("/v1/jobs/" + job.id()));
  }

  private Route look(JobId id) {
    return daemon
        .look(id)
        .<Route>map(job ->
            completeWithFuture(
                job.thenApply(view -> Answers.json(StatusCodes.OK, JobJson.whole(view)))))
        .orElseGet(() -> complete(Answers.noJob(id.value()).response()));
  }

  /// What a job can be told.
  private interface Telling {
    Optional<JobView> tell(JobId job) throws Exception;
  }

  private static Route told(String name, Telling telling) {
    return Answers.withJob(
        name,
        id ->
            Answers.blocking(() ->
                telling
                    .tell(id)
                    .map(job -> Answers.json(StatusCodes.OK, JobJson.brief(job)))
                    .orElseGet(() -> Answers.noJob(name).response())));
  }

  private Route resume(String name) {
    return Answers.withOptionalJsonBody(body -> told(name, id -> daemon.resume(id, body)));
  }

  private Route events(JobId id) {
    Optional<JobEvents> events = daemon.events(id);
    return events.isEmpty()
        ? complete(Answers.noJob(id.value()).response())
        : optionalHeaderValueByName(
            "Last-Event-ID",
            last ->
                withoutRequestTimeout(() ->
                    completeOK(
                        new JobEventStream(events.get(), () -> lookAt(id)).behind(last),
                        EventStreamMarshalling.toEventStream())));
  }

  private CompletionStage<JobView> lookAt(JobId id) {
    return daemon.look(id).orElseThrow();
  }
}
