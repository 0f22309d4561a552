package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
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
import dev.alicorn.gateway.daemon.HostedJob;
import dev.alicorn.gateway.daemon.JobJson;
import dev.alicorn.gateway.daemon.JobView;
import dev.alicorn.protocol.JobSpec;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Location;
import org.apache.pekko.http.javadsl.server.Route;

/// `/v1/jobs`: submit, list, look at, watch, pause, resume and cancel; what else belongs to a job
/// is with [SeedRoutes], [RecordRoutes], [ReplayRoutes] and [DatasetRoutes].
final class JobRoutes {
  private static final ContentType EVENT_STREAM = ContentTypes.create(MediaTypes.TEXT_EVENT_STREAM);
  private static final int KEY_CHARS_MAX = 255;
  private static final int LISTED = 100;
  private static final int LISTED_MAX = 1000;

  private final Daemon daemon;
  private final SeedRoots seedRoots;
  private final ReplayRoutes replays;
  private final DatasetRoutes datasets;

  JobRoutes(Daemon daemon, SeedRoots seedRoots) {
    this.daemon = daemon;
    this.seedRoots = seedRoots;
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
        pathEnd(() -> get(() -> with(name, JobRoutes::look))),
        path("pause", () -> post(() -> with(name, job -> told(job, job::pause)))),
        path("resume", () -> post(() -> with(name, this::resume))),
        path("cancel", () -> post(() -> with(name, job -> told(job, () -> daemon.cancel(job))))),
        path("events", () -> get(() -> with(name, JobRoutes::events))),
        path("history", () -> get(() -> with(name, JobRoutes::history))),
        path("seeds", () -> post(() -> with(name, SeedRoutes::take))),
        path("seal", () -> post(() -> with(name, SeedRoutes::seal))),
        path("records", () -> get(() -> with(name, RecordRoutes::of))),
        pathPrefix("replays", () -> replays.of(name)),
        pathPrefix("datasets", () -> datasets.of(name)));
  }

  private Route with(String name, Function<HostedJob, Route> then) {
    return Answers.withJob(daemon, name, then);
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
    Optional<HostedJob> behind = after.flatMap(Answers::jobId).flatMap(daemon::job);
    if (after.isPresent() && behind.isEmpty()) {
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

  private static Route look(HostedJob job) {
    return completeWithFuture(
        job.look().thenApply(view -> Answers.json(StatusCodes.OK, JobJson.whole(view))));
  }

  private static Route history(HostedJob job) {
    return complete(Answers.json(StatusCodes.OK, job.history().json()));
  }

  /// Something that a job can be told.
  private interface Telling {
    void tell() throws Exception;
  }

  private static Route told(HostedJob job, Telling telling) {
    return Answers.blocking(() -> {
      telling.tell();
      return Answers.json(StatusCodes.OK, JobJson.brief(job.view()));
    });
  }

  private Route resume(HostedJob job) {
    return Answers.withOptionalJsonBody(body -> told(job, () -> daemon.resume(job, body)));
  }

  private static Route events(HostedJob job) {
    return optionalHeaderValueByName(
        "Last-Event-ID",
        last ->
            withoutRequestTimeout(() ->
                complete(
                    HttpResponse.create()
                        .withEntity(
                            HttpEntities.create(
                                EVENT_STREAM,
                                new JobEventStream(job.events(), job::look).behind(last))))));
  }
}
