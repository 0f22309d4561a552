package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.extractMaterializer;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequestEntity;
import static org.apache.pekko.http.javadsl.server.Directives.onComplete;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;

import dev.alicorn.gateway.daemon.Daemon;
import dev.alicorn.gateway.daemon.HostedJob;
import dev.alicorn.protocol.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;

/// How routes answer: with JSON, from work that may block, and with a [Problem] where that fails.
final class Answers {
  static final long BODY_BYTES_MAX = 1 << 20;

  private static final String DESCRIPTION =
      new String(resource("/dev/alicorn/gateway/http/openapi.json"), StandardCharsets.UTF_8);
  private static final long BODY_MILLIS_MAX = 30_000;
  private static final Executor BLOCKING = Executors.newVirtualThreadPerTaskExecutor();

  private Answers() {}

  /// Answers from work that may block for as long as it takes.
  static Route blocking(Callable<HttpResponse> work) {
    return withoutRequestTimeout(() -> completeWithFuture(orProblem(background(work))));
  }

  /// The result of work that may block.
  static <T> CompletionStage<T> background(Callable<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        BLOCKING);
  }

  /// What all of this is, as OpenAPI has it.
  static Route description() {
    return complete(json(StatusCodes.OK, DESCRIPTION));
  }

  /// The content of a file in the program's jars.
  ///
  /// @param path from the root of the class path
  static byte[] resource(String path) {
    try (InputStream in = Answers.class.getResourceAsStream(path)) {
      return Objects.requireNonNull(in, path).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a body of JSON, of the size that the server allows, within 30 s.
  static Route withJsonBody(Function<String, Route> then) {
    return extractRequestEntity(entity ->
        entity.getContentType().mediaType().equals(MediaTypes.APPLICATION_JSON)
            ? withText(entity, then)
            : complete(
                new Problem(
                        StatusCodes.UNSUPPORTED_MEDIA_TYPE, "media-type", "send application/json")
                    .response()));
  }

  /// The same for a body that may be left out, which is then an empty object.
  static Route withOptionalJsonBody(Function<String, Route> then) {
    return extractRequestEntity(
        entity -> entity.isKnownEmpty() ? then.apply("{}") : withJsonBody(then));
  }

  private static Route withText(RequestEntity entity, Function<String, Route> then) {
    // Pekko's own refusal of what is announced as too long differs by how much that is.
    if (entity.getContentLengthOption().orElse(0) > BODY_BYTES_MAX) {
      return complete(Problem.tooLarge().response());
    }
    return extractMaterializer(materializer ->
        onComplete(
            entity.toStrict(BODY_MILLIS_MAX, materializer),
            read ->
                read.isSuccess()
                    ? then.apply(read.get().getData().utf8String())
                    : complete(unread(read.failed().get()).response())));
  }

  private static Problem unread(Throwable failure) {
    return failure instanceof TimeoutException
        ? new Problem(
            StatusCodes.REQUEST_TIMEOUT,
            "too-slow",
            "the body did not come within " + BODY_MILLIS_MAX / 1000 + " s; send it at once")
        : Problem.of(failure);
  }

  /// What some work has begun, or why it could not.
  static <T> CompletionStage<T> begun(Callable<CompletionStage<T>> work) {
    try {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /// The same answer, or the problem that kept it.
  static CompletionStage<HttpResponse> orProblem(CompletionStage<HttpResponse> answer) {
    return answer.exceptionally(failure -> Problem.of(failure).response());
  }

  static HttpResponse json(StatusCode status, String json) {
    return HttpResponse.create().withStatus(status).withEntity(ContentTypes.APPLICATION_JSON, json);
  }

  /// Answers for the job that a name is the id of.
  static Route withJob(Daemon daemon, String name, Function<HostedJob, Route> then) {
    return jobId(name)
        .flatMap(daemon::job)
        .map(then)
        .orElseGet(() -> complete(noJob(name).response()));
  }

  /// The id that a name is; empty where no job can have it.
  static Optional<JobId> jobId(String name) {
    try {
      return Optional.of(new JobId(name));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  static Problem noJob(String name) {
    return Problem.notFound("there is no job " + name + "; GET /v1/jobs lists them");
  }
}
