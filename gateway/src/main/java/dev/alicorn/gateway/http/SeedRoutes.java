package dev.alicorn.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.complete;
import static org.apache.pekko.http.javadsl.server.Directives.completeWithFuture;
import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequestEntity;
import static org.apache.pekko.http.javadsl.server.Directives.path;
import static org.apache.pekko.http.javadsl.server.Directives.post;
import static org.apache.pekko.http.javadsl.server.Directives.withoutSizeLimit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alicorn.config.ConfigException;
import dev.alicorn.engine.job.SeedInflow;
import dev.alicorn.gateway.daemon.ConflictException;
import dev.alicorn.gateway.daemon.Daemon;
import dev.alicorn.protocol.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Framing;
import org.apache.pekko.stream.javadsl.FramingTruncation;
import org.apache.pekko.util.ByteString;

/// `seeds` and `seal` of a job: NDJSON of any length, read no faster than it becomes durable.
final class SeedRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ByteString LINE_END = ByteString.fromString("\n");

  private final Daemon daemon;
  private final Materializer materializer;

  SeedRoutes(Daemon daemon, Materializer materializer) {
    this.daemon = daemon;
    this.materializer = materializer;
  }

  /// @param id of a job that is there
  Route of(JobId id) {
    return concat(
        path(
            "seeds",
            () ->
                post(() ->
                    withoutSizeLimit(() ->
                        extractRequestEntity(
                            body -> completeWithFuture(new Stream(id).take(body)))))),
        path("seal", () -> post(() -> seal(id))));
  }

  private Route seal(JobId id) {
    try {
      return completeWithFuture(answer(daemon.seal(id).orElseThrow().thenApply(Optional::of)));
    } catch (ConflictException e) {
      return complete(Problem.of(e).response());
    }
  }

  private static CompletionStage<HttpResponse> answer(
      CompletionStage<Optional<SeedInflow.Answer.Taken>> taken) {
    return taken
        .thenApply(last -> {
          String json =
              JSON.createObjectNode()
                  .put("accepted", last.map(SeedInflow.Answer.Taken::accepted).orElse(0L))
                  .put("refused", last.map(SeedInflow.Answer.Taken::refused).orElse(0L))
                  .put("seq", last.map(SeedInflow.Answer.Taken::seq).orElse(0L))
                  .toString();
          return HttpResponse.create()
              .withStatus(StatusCodes.ACCEPTED)
              .withEntity(ContentTypes.APPLICATION_JSON, json);
        })
        .exceptionally(failure -> Problem.of(failure).response());
  }

  /// One body of lines.
  private final class Stream {
    private final JobId id;
    private long number;

    Stream(JobId id) {
      this.id = id;
    }

    CompletionStage<HttpResponse> take(RequestEntity body) {
      CompletionStage<Optional<SeedInflow.Answer.Taken>> last =
          body.getDataBytes()
              .via(Framing.delimiter(LINE_END, SeedLine.BYTES_MAX, FramingTruncation.ALLOW))
              .map(ByteString::utf8String)
              .grouped(SeedInflow.ROWS_MAX)
              .mapAsync(1, this::send)
              .runFold(
                  Optional.<SeedInflow.Answer.Taken>empty(),
                  (_, taken) -> Optional.of(taken),
                  materializer);
      return answer(last);
    }

    /// Sends the lines before the first that is broken.
    private CompletionStage<SeedInflow.Answer.Taken> send(List<String> lines)
        throws ConflictException {
      List<SeedInflow.Row> rows = new ArrayList<>();
      Optional<ConfigException> broken = Optional.empty();
      for (String line : lines) {
        number++;
        if (!line.isBlank()) {
          try {
            rows.add(SeedLine.read(line, number));
          } catch (ConfigException e) {
            broken = Optional.of(e);
            break;
          }
        }
      }
      Optional<ConfigException> end = broken;
      return daemon
          .addSeeds(id, rows)
          .orElseThrow()
          .thenCompose(taken ->
              end.isPresent()
                  ? CompletableFuture.failedStage(end.get())
                  : CompletableFuture.completedStage(taken));
    }
  }
}
